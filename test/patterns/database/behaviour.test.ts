import assert from "node:assert/strict";
import fc from "fast-check";
import { ownerClient, OwnerUnavailable } from "../../../src/patterns/database/template/owner-client.ts";
import { InMemoryReadModelStore, readModel } from "../../../src/patterns/database/template/read-model.ts";

describe("a read model", () => {
  it("ends with the newest version, whatever the order and however often events come", () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }), async (versions) => {
        const model = readModel(new InMemoryReadModelStore<{ readonly email: string }>());
        for (const version of versions) await model.apply({ id: "u1", version, view: { email: `v${version}` } });
        assert.equal((await model.get("u1"))?.email, `v${Math.max(...versions)}`);
      }),
    ));

  it("does not bring a deleted entity back with a late event", async () => {
    const model = readModel(new InMemoryReadModelStore<string>());
    await model.apply({ id: "u1", version: 2, view: null });
    assert.deepEqual(
      [await model.apply({ id: "u1", version: 1, view: "old" }), await model.get("u1")],
      ["stale", undefined],
    );
  });
});

describe("an owner's client", () => {
  const parse = (body: unknown): string => JSON.stringify(body);

  async function answering(
    answer: (url: string, init?: RequestInit) => Promise<Response>,
    ask: () => Promise<unknown>,
  ): Promise<unknown> {
    const { fetch } = globalThis;
    globalThis.fetch = ((url: string, init?: RequestInit) => answer(url, init)) as typeof fetch;
    try {
      return await ask();
    } finally {
      globalThis.fetch = fetch;
    }
  }

  it("asks for the entity by id, with a deadline", async () => {
    let asked = "";
    const client = ownerClient({ baseUrl: "http://users/users", parse });
    const got = await answering(
      async (url, init) => ((asked = `${url} ${init?.signal instanceof AbortSignal}`), Response.json({ id: 1 })),
      () => client.get("a/b"),
    );
    assert.deepEqual([got, asked], ['{"id":1}', "http://users/users/a%2Fb true"]);
  });

  it("knows nothing of an entity that the owner does not have", async () => {
    const client = ownerClient({ baseUrl: "http://users/users", parse });
    assert.equal(
      await answering(
        async () => new Response("", { status: 404 }),
        () => client.get("1"),
      ),
      undefined,
    );
  });

  it("fails where the owner fails", async () => {
    const client = ownerClient({ baseUrl: "http://users/users", parse });
    await assert.rejects(
      answering(
        async () => new Response("", { status: 503 }),
        () => client.get("1"),
      ),
      OwnerUnavailable,
    );
  });

  it("passes the caller's cancellation on", async () => {
    const caller = new AbortController();
    let seen: AbortSignal | null | undefined;
    const client = ownerClient({ baseUrl: "http://users/users", parse });
    await answering(
      async (_, init) => ((seen = init?.signal), caller.abort(), Response.json({})),
      () => client.get("1", caller.signal),
    );
    assert.equal(seen?.aborted, true);
  });
});
