import assert from "node:assert/strict";
import constantDelay from "../../../src/patterns/retry/constant-delay.ts";
import everyError from "../../../src/patterns/retry/every-error.ts";
import notIdempotent from "../../../src/patterns/retry/not-idempotent.ts";
import unbounded from "../../../src/patterns/retry/unbounded.ts";
import { report } from "../../model/trace/trace-of.ts";

const manifest = JSON.stringify({ name: "orders", scripts: { start: "node server.js" }, dependencies: { express: "^4", axios: "^1", ioredis: "^5", "@temporalio/workflow": "^1" } });
const activities = `import axios from "axios";
export async function pay(id: string): Promise<void> { await axios.post("http://payments:3000/payments", { id }, { timeout: 2_000 }); }
export async function greet(name: string): Promise<string> { return "Hello " + name; }
export async function chargeCard(id: string): Promise<void> { console.log(id); }`;

const workflow = (names: string, options: string) => ({
  "package.json": manifest,
  "src/activities.ts": activities,
  "src/workflows.ts": `import { proxyActivities } from "@temporalio/workflow";\nimport type * as activities from "./activities.ts";\nconst { ${names} } = proxyActivities<typeof activities>(${options});\nexport const run = (id: string) => ${names.split(",")[0]}(id);`,
});
const server = (code: string) => ({ "package.json": manifest, "src/server.ts": code });

describe("a retry that is written for an engine", () => {
  it("has no end where a POST is repeated without a limit on attempts or time", async () => {
    assert.equal(await report(unbounded, workflow("pay", '{ startToCloseTimeout: "1m" }')), "src/workflows.ts:3 `pay` is tried again without end");
  });

  it("has no end where what moves money is repeated, though nothing is seen to call out", async () => {
    assert.equal(await report(unbounded, workflow("chargeCard", '{ startToCloseTimeout: "1m", retry: { maximumInterval: "5s" } }')), "src/workflows.ts:3 `chargeCard` is tried again without end");
  });

  for (const options of ['{ startToCloseTimeout: "1m", retry: { maximumAttempts: 5 } }', '{ scheduleToCloseTimeout: "1h" }']) {
    it(`has an end with ${options}`, async () => {
      assert.equal(await report(unbounded, workflow("pay", options)), "");
    });
  }

  it("is left alone where nothing leaves the process", async () => {
    assert.equal(await report(unbounded, workflow("greet", '{ startToCloseTimeout: "1m" }')), "");
  });

  it("is told of where it repeats a POST without a key", async () => {
    assert.equal(await report(notIdempotent, workflow("pay", '{ startToCloseTimeout: "1m" }')), "src/workflows.ts:3 `axios.post` is repeated by `Temporal` with no key");
  });

  it("may repeat a POST where it is told to try once", async () => {
    assert.equal(await report(notIdempotent, workflow("pay", '{ startToCloseTimeout: "1m", retry: { maximumAttempts: 1 } }')), "");
  });

  it("waits the same time with a coefficient of one", async () => {
    assert.equal(await report(constantDelay, workflow("pay", '{ startToCloseTimeout: "1m", retry: { maximumAttempts: 5, initialInterval: "2s", backoffCoefficient: 1 } }')), "src/workflows.ts:3 `pay` waits 2000 ms before every attempt");
  });

  it("polls with a coefficient of one and a long interval", async () => {
    assert.equal(await report(constantDelay, workflow("pay", '{ startToCloseTimeout: "1m", retry: { initialInterval: "60s", backoffCoefficient: 1 } }')), "");
  });
});

describe("a retry by calling oneself", () => {
  const again = (then: string) => server(`import axios from "axios";\nexport async function createLink(name: string, attempt = 1): Promise<void> {\n  try {\n    await axios.post("http://links:3000/links", { name }, { timeout: 2_000 });\n  } catch (error) {\n    ${then}\n  }\n}`);

  it("is told of where it repeats a POST without a key", async () => {
    assert.equal(await report(notIdempotent, again("if (attempt >= 4) throw error;\n    return createLink(name, attempt + 1);")), "src/server.ts:4 `axios.post` is repeated by `createLink` with no key");
  });

  it("is told of where it never looks at what failed", async () => {
    assert.equal(await report(everyError, again("if (attempt >= 4) throw error;\n    return createLink(name, attempt + 1);")), "src/server.ts:7 `createLink` repeats every error alike");
  });

  it("looks at what failed where a status decides", async () => {
    assert.equal(await report(everyError, again("if (attempt >= 4 || error.response.status < 500) throw error;\n    return createLink(name, attempt + 1);")), "");
  });
});

describe("a client that asks how long to wait", () => {
  it("waits the same time where the answer never changes", async () => {
    assert.equal(await report(constantDelay, server('import Redis from "ioredis";\nexport const redis = new Redis({ host: "cache", retryStrategy: () => 200 });')), "src/server.ts:2 `retryStrategy` waits 200 ms before every attempt");
  });

  it("is told of once where one function serves two options", async () => {
    assert.equal(await report(constantDelay, server('import Redis from "ioredis";\nconst pause = () => 200;\nexport const redis = new Redis({ host: "cache", retryStrategy: pause, clusterRetryStrategy: pause });')), "src/server.ts:2 `retryStrategy` waits 200 ms before every attempt");
  });

  it("backs off where the answer grows, and stops where it is none", async () => {
    assert.equal(await report(constantDelay, server('import Redis from "ioredis";\nexport const redis = new Redis({ host: "cache", retryStrategy: (n: number) => (n > 9 ? null : n * 100) });')), "");
  });
});
