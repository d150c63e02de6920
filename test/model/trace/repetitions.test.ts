import assert from "node:assert/strict";
import { printRepetitions, traceOf } from "./trace-of.ts";

const manifest = JSON.stringify({ name: "orders", scripts: { start: "node server.js" }, dependencies: { express: "^4", axios: "^1", "p-retry": "^6" } });

async function repetitions(code: string): Promise<string> {
  return printRepetitions(await traceOf({ "package.json": manifest, "src/server.ts": `import axios from "axios";\nimport pRetry from "p-retry";\nconst sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));\n${code}` }));
}

describe("what is repeated on failure", () => {
  it("is a loop that success leaves and failure brings round again", async () => {
    assert.equal(
      await repetitions("export async function load() { for (let i = 0; i < 5; i++) { try { return await axios.get('http://stock'); } catch { await sleep(100); } } }"),
      "loop in load: attempts 5, wait constant 100",
    );
  });

  it("is a loop that looks at whether the answer was good", async () => {
    assert.equal(
      await repetitions("export async function load() { for (let i = 0; i < 5; i++) { try { const res = await fetch('http://stock'); if (res.ok) return res; } catch {} await sleep(100); } }"),
      "loop in load: attempts 5, wait constant 100",
    );
  });

  it("has no end where only success ends the loop", async () => {
    assert.equal(
      await repetitions("export async function load() { while (true) { try { return await axios.get('http://stock'); } catch {} } }"),
      "loop in load: attempts unbounded, wait none",
    );
  });

  it("is a function that its own catch callback calls again by a timer, at start-up", async () => {
    assert.equal(
      await repetitions("function connect() { axios.get('http://stock').then(() => {}).catch(() => { setTimeout(connect, 2000); }); }\nconnect();"),
      "recursion in connect: attempts unbounded, wait constant 2000, at start-up",
    );
  });

  it("is a method of an object that a framework binds, called again through `this`", async () => {
    assert.equal(
      await repetitions("export const service = { async seed() { try { await axios.get('http://stock'); } catch (error) { if (error.name === 'NotFound') { setTimeout(this.seed, 1000); return; } throw error; } } };"),
      "recursion in seed: attempts unbounded, wait constant 1000",
    );
  });

  it("has an end where a count decides whether the function calls itself again", async () => {
    assert.equal(
      await repetitions("async function load(attempt = 1) { try { return await axios.get('http://stock'); } catch { if (attempt < 3) return load(attempt + 1); } }\nexport { load };"),
      "recursion in load: attempts unknown, wait none",
    );
  });

  it("has no end where a library is told to go on for ever, if only sometimes", async () => {
    assert.match(await repetitions("export const load = (max?: number) => pRetry(() => axios.get('http://stock'), { forever: max === undefined, retries: max });"), /attempts unbounded, wait growing/);
  });

  const others: Readonly<Record<string, string>> = {
    "pages that follow each other": "export async function all() { let page = 1; while (page) { const res = await axios.get('http://stock?page=' + page); page = res.data.next; } }",
    "items of a list, one after the other": "export async function all(items: string[]) { for (const item of items) { try { await axios.get('http://stock/' + item); } catch (e) { console.error(e); } } }",
    "mirrors, each tried once": "export async function any(mirrors: string[]) { for (let i = 0; i < mirrors.length; i++) { try { return await axios.get(mirrors[i]); } catch {} } }",
    "asking until a state is reached": "export async function until() { while (Date.now() < limit) { await sleep(100); let job; try { job = await axios.get('http://stock'); } catch { continue; } if (job.data.state === 'done') return job; } }",
    "the main loop of a worker that can be stopped": "export class Worker { running = true; async run() { while (this.running) { try { const job = await axios.get('http://jobs'); if (!job) break; await axios.post('http://done'); } catch { await sleep(500); } } } }",
    "waiting for a file": "import { access } from 'node:fs/promises';\nexport async function ready() { for (let i = 0; i < 9; i++) { try { await access('x'); return; } catch { await sleep(200); } } }",
  };
  for (const [name, code] of Object.entries(others)) {
    it(`is not ${name}`, async () => {
      assert.equal(await repetitions(code), "");
    });
  }
});
