import assert from "node:assert/strict";
import fc from "fast-check";
import { createSession, type Analysis, type Session } from "../../src/engine/index.ts";
import { cleanUp, folderOf, put } from "./small-system.ts";

/** A client, a wrapper around it, a second one around that, and the routes that use them: what one says decides what is found in the others. */
const files: Readonly<Record<string, readonly string[]>> = {
  "orders/client.ts": [
    `import axios from "axios";\nexport const client = axios.create({ baseURL: "http://payments:3000" });\n`,
    `import axios from "axios";\nexport const client = axios.create({ baseURL: "http://payments:3000", timeout: 2000 });\n`,
    `import got from "got";\nexport const client = got.extend({ prefixUrl: process.env.PAYMENTS_URL });\n`,
    `export const client = { post: async (path: string) => path };\n`,
    `export { client } from "./wrapper";\n`,
    `export const client = (`,
    "",
  ],
  "orders/wrapper.ts": [
    `import { client } from "./client";\nexport const send = (path: string, body: unknown) => client.post(path, body);\n`,
    `import { client } from "./client";\nexport async function send(path: string, body: unknown) {\n  for (;;) {\n    try { return await client.post(path, body); } catch { await new Promise((done) => setTimeout(done, 1000)); }\n  }\n}\n`,
    `import CircuitBreaker from "opossum";\nimport { client } from "./client";\nconst breaker = new CircuitBreaker((path: string, body: unknown) => client.post(path, body), { timeout: 500 });\nexport const send = (path: string, body: unknown) => breaker.fire(path, body);\n`,
    `// Moves all that follows.\nimport { client } from "./client";\nexport const send = (path: string, body: unknown) => client.post(path, body);\n`,
    `export * from "./client";\n`,
  ],
  "orders/server.ts": [
    `import express from "express";\nimport { send } from "./wrapper";\nconst app = express();\napp.post("/orders", async (req, res) => { await send("/charge", req.body); res.end(); });\napp.listen(3000);\n`,
    `import express from "express";\nimport { send } from "./wrapper";\nimport { client } from "./client";\nconst app = express();\napp.post("/orders", async (req, res) => {\n  try { await send("/charge", req.body); } catch { await client.post("/refund", req.body); }\n  await client.post("/ship", req.body);\n  res.end();\n});\n`,
    "",
  ],
  "payments/server.ts": [
    `import express from "express";\nconst app = express();\napp.post("/charge", (req, res) => res.end());\napp.listen(3000);\n`,
    `import express from "express";\nimport { Pool } from "pg";\nconst pool = new Pool({ connectionString: process.env.DATABASE_URL });\nexpress().post("/charge", async (req, res) => { await pool.query("insert into charges values (1)"); res.end(); });\n`,
  ],
  "compose.yaml": [
    `services:\n  orders: { build: ./orders }\n  payments: { build: ./payments }\n`,
    `services:\n  orders: { build: ./orders, environment: { PAYMENTS_URL: "http://payments:3000" } }\n  payments: { build: ./payments, environment: { DATABASE_URL: "postgres://db/x" } }\n  db: { image: postgres }\n`,
  ],
  "orders/package.json": [`{ "name": "orders", "dependencies": { "axios": "1.7.0", "got": "14.0.0", "express": "4.0.0", "opossum": "8.0.0" } }`],
  "payments/package.json": [`{ "name": "payments", "dependencies": { "express": "4.0.0", "pg": "8.0.0" } }`],
};

const edit = fc.constantFrom(...Object.entries(files)).chain(([path, texts]) => fc.record({ path: fc.constant(path), text: fc.constantFrom(...texts), saved: fc.boolean() }));

describe("law 1, with the whole model: incremental equals batch", () => {
  afterEach(cleanUp);

  it("after any sequence of edits in files that speak of each other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
        const root = folderOf(Object.fromEntries(Object.entries(files).map(([path, [text = ""]]) => [path, text])));
        const session = over(root);
        await session.open();
        const unsaved = new Map<string, string>();
        for (const { path, text, saved } of edits) {
          if (saved) put(root, path, text);
          if (saved) unsaved.delete(path);
          else unsaved.set(path, text);
          await session.update([saved ? { path } : { path, text }]);
        }
        const fresh = await over(root).update([...unsaved].map(([path, text]) => ({ path, text })));
        assert.equal(seen(session.current), seen(fresh));
      }),
      { numRuns: 40 },
    );
  });

  it("forgets what a call was, when the file that makes its client changes", async () => {
    const root = folderOf(Object.fromEntries(Object.entries(files).map(([path, [text = ""]]) => [path, text])));
    const session = over(root);
    const before = await session.open();
    const after = await session.update([{ path: "orders/client.ts", text: files["orders/client.ts"]?.[3] ?? "" }]);
    assert.deepEqual([before.knowledge.program.sites.some(isRequest), after.knowledge.program.sites.some(isRequest)], [true, false]);
  });

  it("keeps what it knows when a file is saved with another comment of the same length", async () => {
    const root = folderOf({ "a.ts": "// First\nexport const one = () => fetch('/1');\n" });
    const session = over(root);
    const before = await session.open();
    const after = await session.update([{ path: "a.ts", text: "// Other\nexport const one = () => fetch('/1');\n" }]);
    assert.equal(after.findings, before.findings);
  });
});

function isRequest({ effect }: { readonly effect: string }): boolean {
  return effect === "request";
}

function over(root: string): Session {
  return createSession({ root, workers: 0, today: "2026-06-15" });
}

function seen(analysis: Analysis | undefined): string {
  const { findings, suppressed, problems, knowledge } = analysis ?? {};
  return JSON.stringify([findings, suppressed, problems, knowledge?.model, knowledge?.program.sites.map(({ id, target, policy, way, reached }) => ({ id, target, policy, way, reached }))], null, 1);
}
