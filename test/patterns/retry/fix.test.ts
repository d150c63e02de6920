import assert from "node:assert/strict";
import type { OwnRetryData, RetryLack } from "../../../src/patterns/retry/data.ts";
import { retryFixes } from "../../../src/patterns/retry/fix.ts";
import { type FixCase, itRepairs } from "../../fixes/fix-check.ts";
import { contextOf, marked, reasonOf } from "../../fixes/workbench.ts";

const own =
  (kind: OwnRetryData["kind"], ...lacks: readonly RetryLack[]): FixCase["offer"] =>
  ([repeat = { at: 0, end: 0 }, delay], path) =>
    retryFixes({ kind, path, repeat, lacks, ...(delay === undefined ? {} : { delay }) })[0];

const library =
  (name: string, optionsIndex: number, ...lacks: readonly RetryLack[]): FixCase["offer"] =>
  ([call = { at: 0, end: 0 }], path) =>
    retryFixes({ kind: "library", path, library: name, call, optionsIndex, lacks })[0];

const got = 'declare module "got" { const got: { extend(options: { retry: { calculateDelay(retry: { attemptCount: number; computedValue: number }): number } }): unknown }; export default got; }';

const decision: FixCase["offer"] = ([property = { at: 0, end: 0 }], path) => retryFixes({ kind: "decision", path, property, field: "computedValue" })[0];

describe("the fix of a function that decides about every attempt", () => {
  itRepairs({
    title: "takes one field more out of the argument",
    before: `import got from "got";

export const client = got.extend({ retry: { «calculateDelay: ({ attemptCount }) => (attemptCount > 3 ? 0 : 500)» } });
`,
    after: `import got from "got";

export const client = got.extend({ retry: { calculateDelay: ({ attemptCount, computedValue }) => (computedValue === 0 ? 0 : attemptCount > 3 ? 0 : 500) } });
`,
    ambient: got,
    again: ["calculateDelay: ({ attemptCount, computedValue }) => (computedValue === 0 ? 0 : attemptCount > 3 ? 0 : 500)"],
    offer: decision,
  });

  itRepairs({
    title: "leaves early in a block, and reads the field off a named argument",
    before: `import got from "got";

export const client = got.extend({
  retry: {
    «calculateDelay(retry) {
      console.log(retry.attemptCount);
      return 500;
    }»,
  },
});
`,
    after: `import got from "got";

export const client = got.extend({
  retry: {
    calculateDelay(retry) {
      if (retry.computedValue === 0) return 0;
      console.log(retry.attemptCount);
      return 500;
    },
  },
});
`,
    ambient: got,
    again: ["calculateDelay(retry) {\n      if (retry.computedValue === 0) return 0;\n      console.log(retry.attemptCount);\n      return 500;\n    }"],
    offer: decision,
  });

  itRepairs({
    title: "gives a function without arguments the one that it needs",
    before: `import got from "got";

export const client = got.extend({ retry: { «calculateDelay: () => 500» } });
`,
    after: `import got from "got";

export const client = got.extend({ retry: { calculateDelay: ({ computedValue }) => (computedValue === 0 ? 0 : 500) } });
`,
    ambient: got,
    again: ["calculateDelay: ({ computedValue }) => (computedValue === 0 ? 0 : 500)"],
    offer: decision,
  });

  it("says why where the function stands elsewhere", () => {
    const { text, spans } = marked("const wait = () => 500;\nexport const options = { retry: { «calculateDelay: wait» } };\n");
    assert.match(reasonOf(decision(spans, "src/orders.ts"), contextOf({ "src/orders.ts": text })), /stands elsewhere/);
  });
});

describe("the fix of a retry loop", () => {
  itRepairs({
    title: "waits at the end of the catch, and leaves as the loop leaves",
    before: `export async function load(url: string) {
  let last: unknown;
  «for (let i = 0; i < 3; i++)» {
    try {
      return await fetch(url);
    } catch (e) {
      last = e; // for the caller
    }
  }
  throw last;
}
`,
    after: `import { backoff, isTransient } from "./resilience/retry.js";

export async function load(url: string) {
  let last: unknown;
  for (let i = 0; i < 3; i++) {
    try {
      return await fetch(url);
    } catch (e) {
      last = e; // for the caller
      if (!isTransient(e)) break;
      if (i + 1 < 3) await backoff(i + 1, { error: e });
    }
  }
  throw last;
}
`,
    offer: own("loop", "wait", "selection"),
  });

  itRepairs({
    title: "caps an endless loop in CommonJS with tabs, single quotes and no semicolons",
    path: "src/orders.js",
    isModule: false,
    before: `'use strict'
const axios = require('axios')

exports.load = async url => {
	«while (true)» {
		try {
			return await axios.get(url)
		} catch {
		}
	}
}
`,
    after: `'use strict'
const axios = require('axios')
const { backoff, isTransient } = require('./resilience/retry')

exports.load = async url => {
	let failures = 0
	while (true) {
		try {
			return await axios.get(url)
		} catch (error) {
			failures += 1
			if (failures >= 5 || !isTransient(error)) throw error
			await backoff(failures, { error })
		}
	}
}
`,
    offer: own("loop", "wait", "cap", "selection"),
  });

  itRepairs({
    title: "uses the loop's own counter and the method's signal in a class with four spaces",
    before: `import { log } from './log';

export class Orders {
    async load(url: string, max: number, signal: AbortSignal) {
        let tries = 0;
        «while (tries < max)» {
            try {
                return await fetch(url, { signal });
            } catch (err) {
                tries++;
                log(err);
            }
        }
        return null;
    }
}
`,
    after: `import { log } from './log';
import { backoff, isTransient } from './resilience/retry';

export class Orders {
    async load(url: string, max: number, signal: AbortSignal) {
        let tries = 0;
        while (tries < max) {
            try {
                return await fetch(url, { signal });
            } catch (err) {
                tries++;
                log(err);
                if (!isTransient(err)) break;
                if (tries < max) await backoff(tries, { error: err, signal });
            }
        }
        return null;
    }
}
`,
    offer: own("loop", "wait", "selection"),
    ambient: 'declare module "*/log" { export function log(value: unknown): void }',
  });

  itRepairs({
    title: "counts a loop down",
    before: `export async function load(url: string) {
  «for (let left = 4; left > 0; left--)» {
    try {
      return await fetch(url);
    } catch (error) {
      if (left === 1) throw error;
    }
  }
  return undefined;
}
`,
    after: `import { backoff, isTransient } from "./resilience/retry.js";

export async function load(url: string) {
  for (let left = 4; left > 0; left--) {
    try {
      return await fetch(url);
    } catch (error) {
      if (left === 1) throw error;
      if (!isTransient(error)) throw error;
      if (left > 1) await backoff(4 - left + 1, { error });
    }
  }
  return undefined;
}
`,
    offer: own("loop", "wait", "selection"),
  });

  itRepairs({
    title: "waits before each continue of a loop that looks at the answer",
    before: `export async function load(url: string): Promise<Response | undefined> {
  «for (let attempt = 1; attempt <= 5; attempt += 1)» {
    const response = await fetch(url);
    if (response.status === 503) continue;
    return response;
  }
  return undefined;
}
`,
    after: `import { backoff } from "./resilience/retry.js";

export async function load(url: string): Promise<Response | undefined> {
  for (let attempt = 1; attempt <= 5; attempt += 1) {
    const response = await fetch(url);
    if (response.status === 503) {
      if (attempt < 5) await backoff(attempt);
      continue;
    }
    return response;
  }
  return undefined;
}
`,
    offer: own("loop", "wait", "selection"),
  });

  itRepairs({
    title: "keeps Windows line ends, and joins an import of the module that is there",
    before:
      "import { isTransient } from './resilience/retry.js';\r\n\r\nexport async function load(url: string) {\r\n  «for (;;)» {\r\n    try {\r\n      return await fetch(url);\r\n    } catch (error) {\r\n      if (!isTransient(error)) throw error;\r\n    }\r\n  }\r\n}\r\n",
    after:
      "import { isTransient, backoff } from './resilience/retry.js';\r\n\r\nexport async function load(url: string) {\r\n  let failures = 0;\r\n  for (;;) {\r\n    try {\r\n      return await fetch(url);\r\n    } catch (error) {\r\n      if (!isTransient(error)) throw error;\r\n      failures += 1;\r\n      if (failures >= 5) throw error;\r\n      await backoff(failures, { error });\r\n    }\r\n  }\r\n}\r\n",
    offer: own("loop", "wait", "cap"),
  });

  itRepairs({
    title: "lets a constant wait grow from what it was",
    before: `const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function load(url: string) {
  «for (let i = 0; i < 5; i++)» {
    try {
      return await fetch(url);
    } catch {
      await sleep(«1000»);
    }
  }
  throw new Error("gave up");
}
`,
    after: `import { backoffDelay } from "./resilience/retry.js";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function load(url: string) {
  for (let i = 0; i < 5; i++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(backoffDelay(i + 1, { baseMs: 1000, capMs: 10000 }));
    }
  }
  throw new Error("gave up");
}
`,
    offer: own("loop", "growth"),
    again: ["for (let i = 0; i < 5; i++)", "1000"],
  });

  itRepairs({
    title: "draws a growing wait at random",
    before: `const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function load(url: string) {
  «for (let i = 0; i < 5; i++)» {
    try {
      return await fetch(url);
    } catch {
      await sleep(«100 * 2 ** i»);
    }
  }
  return null;
}
`,
    after: `const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function load(url: string) {
  for (let i = 0; i < 5; i++) {
    try {
      return await fetch(url);
    } catch {
      await sleep(Math.random() * (100 * 2 ** i));
    }
  }
  return null;
}
`,
    offer: own("loop", "jitter"),
    again: ["for (let i = 0; i < 5; i++)", "100 * 2 ** i"],
  });

  itRepairs({
    title: "does not wait in a catch that is no end of an attempt",
    before: `declare function release(): Promise<void>;

export async function load(url: string) {
  let loaded: Response | undefined;
  «while (loaded === undefined)» {
    try {
      loaded = await fetch(url);
    } catch (error) {
      try {
        await release();
      } catch {
        console.error("not released");
      }
    }
  }
  return loaded;
}
`,
    after: `import { backoff } from "./resilience/retry.js";

declare function release(): Promise<void>;

export async function load(url: string) {
  let loaded: Response | undefined;
  let failures = 0;
  while (loaded === undefined) {
    try {
      loaded = await fetch(url);
    } catch (error) {
      try {
        await release();
      } catch {
        console.error("not released");
      }
      failures += 1;
      if (failures >= 5) throw error;
      await backoff(failures, { error });
    }
  }
  return loaded;
}
`,
    offer: own("loop", "wait", "cap"),
  });

  it("says why where the function cannot wait", () => {
    const { text, spans } = marked(
      "export function load(url: string) {\n  «for (;;)» {\n    try {\n      return open(url);\n    } catch {}\n  }\n}\n",
    );
    const offer = own("loop", "wait")(spans, "src/orders.ts");
    assert.equal(
      reasonOf(offer, contextOf({ "src/orders.ts": text })),
      "The loop stands in a function that is not async",
    );
  });

  it("says that the code has changed where the loop is gone", () => {
    const offer = own("loop", "wait")([{ at: 40, end: 50 }], "src/orders.ts");
    assert.equal(
      reasonOf(offer, contextOf({ "src/orders.ts": "export {};\n" })),
      "The code has changed since it was analysed",
    );
  });
});

describe("the fix of a retry by recursion", () => {
  itRepairs({
    title: "counts the attempts of a function that sets a timer for itself, and lets the wait grow",
    path: "src/connect.js",
    isModule: false,
    before: `function connectLoop() {
  connect().catch((e) => {
    «setTimeout(connectLoop, «2000»)»
  })
}
`,
    after: `const { backoffDelay } = require("./resilience/retry")

function connectLoop(attempt = 1) {
  connect().catch((e) => {
    if (attempt >= 5) throw e
    setTimeout(connectLoop, backoffDelay(attempt, { baseMs: 2000, capMs: 20000 }), attempt + 1)
  })
}
`,
    offer: own("recursion", "growth", "cap"),
    again: ["setTimeout(connectLoop", "attempt"],
  });

  itRepairs({
    title: "ends attempts that wait well enough",
    before: `export async function load(url: string): Promise<Response> {
  try {
    return await fetch(url);
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 500));
    return «load(url)»;
  }
}
`,
    after: `export async function load(url: string, attempt = 1): Promise<Response> {
  try {
    return await fetch(url);
  } catch (error) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (attempt >= 5) throw error;
    return load(url, attempt + 1);
  }
}
`,
    offer: own("recursion", "cap"),
    again: ["load(url, attempt + 1)"],
  });

  itRepairs({
    title: "waits before the call, and counts attempts in a new parameter",
    before: `export async function load(url: string, retries = 3): Promise<Response> {
  try {
    return await fetch(url);
  } catch (err) {
    if (retries > 0) return «load(url, retries - 1)»;
    throw err;
  }
}
`,
    after: `import { backoff, isTransient } from "./resilience/retry.js";

export async function load(url: string, retries = 3, attempt = 1): Promise<Response> {
  try {
    return await fetch(url);
  } catch (err) {
    if (retries > 0) {
      if (!isTransient(err)) throw err;
      await backoff(attempt, { error: err });
      return load(url, retries - 1, attempt + 1);
    }
    throw err;
  }
}
`,
    offer: own("recursion", "wait", "selection"),
    again: ["load(url, retries - 1, attempt + 1)"],
  });

  itRepairs({
    title: "uses the count that a method passes on",
    before: `export class Orders {
  async load(url: string, attempt = 0): Promise<Response> {
    try {
      return await fetch(url);
    } catch (error) {
      return «this.load(url, attempt + 1)»;
    }
  }
}
`,
    after: `import { backoff, isTransient } from "./resilience/retry.js";

export class Orders {
  async load(url: string, attempt = 0): Promise<Response> {
    try {
      return await fetch(url);
    } catch (error) {
      if (attempt + 1 >= 5 || !isTransient(error)) throw error;
      await backoff(attempt + 1, { error });
      return this.load(url, attempt + 1);
    }
  }
}
`,
    offer: own("recursion", "wait", "cap", "selection"),
  });

  itRepairs({
    title: "waits in a callback given to catch",
    before: `export function load(url: string): Promise<Response> {
  return fetch(url).«catch»(() => load(url));
}
`,
    after: `import { backoff, isTransient } from "./resilience/retry.js";

export function load(url: string): Promise<Response> {
  return fetch(url).catch(async (error) => {
    if (attempt >= 5 || !isTransient(error)) throw error;
    await backoff(attempt, { error });
    return load(url, attempt + 1);
  });
}
`.replace("load(url: string)", "load(url: string, attempt = 1)"),
    offer: own("catch-callback", "wait", "cap", "selection"),
  });
});

describe("the fix of a library's retry options", () => {
  const pRetry =
    'declare module "p-retry" { export default function pRetry<T>(run: () => Promise<T>, options?: { retries?: number; minTimeout?: number; maxTimeout?: number; factor?: number; randomize?: boolean }): Promise<T> }';

  itRepairs({
    title: "lets p-retry back off with jitter",
    before: `import pRetry from 'p-retry'

export const load = (url: string) => «pRetry»(() => fetch(url), { retries: 5, minTimeout: 0 })
`,
    after: `import pRetry from 'p-retry'

export const load = (url: string) => pRetry(() => fetch(url), { retries: 5, minTimeout: 200, factor: 2, maxTimeout: 5_000, randomize: true })
`,
    offer: library("p-retry", 1, "wait", "jitter"),
    ambient: pRetry,
    again: ["pRetry(() =>"],
  });

  itRepairs({
    title: "gives cockatiel an exponential backoff",
    before: `import { handleAll, retry } from "cockatiel";

export const policy = «retry»(handleAll, { maxAttempts: 3 });
`,
    after: `import { handleAll, retry, ExponentialBackoff } from "cockatiel";

export const policy = retry(handleAll, { maxAttempts: 3, backoff: new ExponentialBackoff({ initialDelay: 200, maxDelay: 5_000 }) });
`,
    offer: library("cockatiel", 1, "wait"),
    again: ["retry(handleAll"],
    ambient:
      'declare module "cockatiel" { export const handleAll: unknown; export class ExponentialBackoff { constructor(options: object) } export function retry(policy: unknown, options: { maxAttempts?: number; backoff?: ExponentialBackoff }): unknown }',
  });

  itRepairs({
    title: "gives axios-retry its exponential delay",
    path: "src/client.js",
    isModule: false,
    before: `const axiosRetry = require("axios-retry").default;
«axiosRetry»(client, {
  retries: 3,
});
`,
    after: `const axiosRetry = require("axios-retry").default;
axiosRetry(client, {
  retries: 3,
  retryDelay: axiosRetry.exponentialDelay,
});
`,
    offer: library("axios-retry", 1, "wait"),
    again: ["axiosRetry(client"],
  });

  itRepairs({
    title: "gives a BullMQ job exponential backoff with jitter",
    before: `export const enqueue = (queue: { add(name: string, data: object, options?: object): Promise<void> }) => queue.«add»("charge", {}, { attempts: 5 });
`,
    after: `export const enqueue = (queue: { add(name: string, data: object, options?: object): Promise<void> }) => queue.add("charge", {}, { attempts: 5, backoff: { type: "exponential", delay: 1_000, jitter: 0.5 } });
`,
    offer: library("bullmq", 2, "wait"),
    again: ["queue.add("],
  });
});
