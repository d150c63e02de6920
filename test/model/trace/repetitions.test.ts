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

  describe("picks errors", () => {
    const selective = async (handler: string): Promise<readonly unknown[]> => {
      const { program } = await traceOf({ "package.json": manifest, "src/server.ts": `import axios from "axios";\nexport async function load(report: (text: unknown) => void) { for (let i = 0; i < 5; i++) { try { return await axios.get('http://stock'); } catch (error) { ${handler} } } }` });
      return program.repetitions.map(({ policy }) => policy.selective);
    };

    it("not by what it logs of them, though the last attempt leaves", async () => {
      assert.deepEqual(await selective("report(error instanceof Error ? error.stack : error); if (i === 4) return;"), ["no"]);
    });

    it("by a condition on the error", async () => {
      assert.deepEqual(await selective("if (i === 4 || !isTransient(error)) throw error;"), ["yes"]);
    });

    it("by a condition on what was taken from it", async () => {
      assert.deepEqual(await selective("const status = error.response?.status; if (status < 500) throw error;"), ["yes"]);
    });

    it("by those that alone come round again", async () => {
      assert.deepEqual(await selective("last = error; if (isTransient(last)) continue; break;"), ["yes"]);
    });
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

  const counted: Readonly<Record<string, readonly [string, string]>> = {
    "down in the loop's head": ["export async function load() { let left = 3; while (left > 0) { try { return await axios.get('http://stock'); } catch { left -= 1; } } }", "loop in load: attempts 3, wait none"],
    "down by a step in the test": ["export async function load() { let left = 3; while (left-- > 0) { try { await axios.get('http://stock'); return; } catch (e) { console.warn(e); } } }", "loop in load: attempts 3, wait none"],
    "up, and tested in the catch": ["export async function load() { let n = 0; while (true) { n += 1; try { return await axios.get('http://stock'); } catch (e) { if (n < 2) { await sleep(50); } else { throw e; } } } }", "loop in load: attempts 2, wait constant 50"],
    "down, and tested in the catch": ["export async function load() { let left = 2; while (true) { try { return await axios.get('http://stock'); } catch (e) { left--; if (left > 0) { await sleep(50); continue; } else { throw e; } } } }", "loop in load: attempts 2, wait constant 50"],
  };
  for (const [name, [code, expected]] of Object.entries(counted)) {
    it(`is repeated as often as a count says that runs ${name}`, async () => {
      assert.equal(await repetitions(code), expected);
    });
  }

  it("waits longer each time where the wait comes from a field that counts", async () => {
    assert.equal(
      await repetitions("export async function send(job: { n: number }) { for (; job.n < 3; job.n++) { try { await axios.get('http://stock'); break; } catch { await sleep(500 * 2 ** job.n); } } }"),
      "loop in send: attempts unknown, wait growing",
    );
  });

  it("waits the same time where the wait is handed on as it came", async () => {
    assert.equal(
      await repetitions("async function load(left = 3, ms = 1000): Promise<unknown> { try { return await axios.get('http://stock'); } catch (e) { if (left === 0) throw e; await sleep(ms); return load(left - 1, ms); } }\nexport { load };"),
      "recursion in load: attempts unknown, wait constant",
    );
  });

  it("is a function that a timer in its catch calls from a function written there", async () => {
    assert.equal(
      await repetitions("export class Bus { async open() { try { await axios.get('http://stock'); } catch { setTimeout(() => void this.open(), 5000); } } }"),
      "recursion in Bus.open: attempts unbounded, wait constant 5000",
    );
  });

  it("is a connection that is opened again when it was lost", async () => {
    assert.equal(
      await repetitions("import WebSocket from 'ws';\nexport function tail() { const socket = new WebSocket('ws://logs'); axios.get('http://stock').then(() => {}); socket.on('close', () => { setTimeout(tail, 2000); }); }"),
      "recursion in tail: attempts unbounded, wait constant 2000",
    );
  });

  it("is not taken to wait the same time where a listener counts what its wait is made of", async () => {
    assert.equal(
      await repetitions("import { request } from 'node:http';\nexport class Writer { n = 0; send(): void { const req = request('http://logs'); req.on('error', async () => { this.n++; await sleep(this.pause()); this.send(); }); } pause() { return 100 * 2 ** this.n; } }"),
      "recursion in Writer.send: attempts unbounded, wait unknown",
    );
  });

  it("tells by a ping whether anybody is there, and waits for no state", async () => {
    assert.equal(
      await repetitions("const db = { ping: () => axios.get('http://db') };\nexport async function ready() { let n = 0; while (n < 9) { n++; try { const answer = await db.ping(); if (answer.data) return; } catch {} await sleep(100); } }"),
      "loop in ready: attempts 9, wait constant 100",
    );
  });

  it("is what a function gives that tells a client its wait", async () => {
    assert.match(await repetitions("export const options = () => ({ retryStrategy: () => 200, url: String(process.env.URL) });"), /client in retryStrategy: attempts unknown, wait constant 200/);
  });

  it("is not told of a client whose wait grows", async () => {
    assert.equal(await repetitions("export const options = () => ({ retryStrategy: (n: number) => Math.min(n * 50, 2000), url: String(process.env.URL) });"), "");
  });

  const others: Readonly<Record<string, string>> = {
    "pages that follow each other": "export async function all() { let page = 1; while (page) { const res = await axios.get('http://stock?page=' + page); page = res.data.next; } }",
    "items of a list, one after the other": "export async function all(items: string[]) { for (const item of items) { try { await axios.get('http://stock/' + item); } catch (e) { console.error(e); } } }",
    "mirrors, each tried once": "export async function any(mirrors: string[]) { for (let i = 0; i < mirrors.length; i++) { try { return await axios.get(mirrors[i]); } catch {} } }",
    "asking until a state is reached": "export async function until() { while (Date.now() < limit) { await sleep(100); let job; try { job = await axios.get('http://stock'); } catch { continue; } if (job.data.state === 'done') return job; } }",
    "the main loop of a worker that can be stopped": "export class Worker { running = true; async run() { while (this.running) { try { const job = await axios.get('http://jobs'); if (!job) break; await axios.post('http://done'); } catch { await sleep(500); } } } }",
    "another token for each round": "export async function load(tokens: string[]) { let n = 0; while (n < 5) { n++; const info = await getNextToken(tokens); const token = info.value; try { return await axios.get('http://stock', { headers: { token } }); } catch (e) { if (e.code !== 403) throw e; } } }\nasync function getNextToken(tokens: string[]) { return { value: tokens.shift() }; }",
    "a connection that was open before it is lost": "export async function open() { const link = await axios.get('http://stock'); link.on('error', async () => { await open(); }); }",
    "waiting for a file": "import { access } from 'node:fs/promises';\nexport async function ready() { for (let i = 0; i < 9; i++) { try { await access('x'); return; } catch { await sleep(200); } } }",
  };
  for (const [name, code] of Object.entries(others)) {
    it(`is not ${name}`, async () => {
      assert.equal(await repetitions(code), "");
    });
  }
});
