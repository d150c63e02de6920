import type { FanOutFixData, LimitLibrary } from "../../../src/patterns/bulkhead/data.ts";
import { inOrderFixes } from "../../../src/patterns/bulkhead/fix-in-order.ts";
import { fanOutFixes } from "../../../src/patterns/bulkhead/fix.ts";
import { type FixCase, itRepairs } from "../../fixes/fix-check.ts";

/** The first mark is the call that waits for all, the second what makes the promises. */
const bound =
  (library: LimitLibrary | undefined, extra: Partial<FanOutFixData> = {}): FixCase["offer"] =>
  ([settles, each], path) =>
    settles && each && fanOutFixes({ path, settles, each, work: "send", through: "limiter", libraries: library === undefined ? [] : [library], ...extra })[0];

const inOrder: FixCase["offer"] = ([settles, each], path) => settles && each && inOrderFixes({ path, settles, each, over: "items" })[0];

const GIVEN = `declare const send: (item: string) => Promise<number>;\n`;

describe("the fix of an unbounded fan-out", () => {
  itRepairs({
    title: "puts a bulkhead at module scope around what runs for each item",
    before: `${GIVEN}export const all = (items: string[]) => «Promise.all(«items.map((item) => send(item))»)»;\n`,
    again: ["Promise.all(items.map((item) => sendLimit.run(() => send(item))))", "items.map((item) => sendLimit.run(() => send(item)))"],
    after: `import { Bulkhead } from "./resilience/limit.js";\n\nconst sendLimit = new Bulkhead("send", { concurrency: 10, queueLimit: Infinity });\n\n${GIVEN}export const all = (items: string[]) => Promise.all(items.map((item) => sendLimit.run(() => send(item))));\n`,
    offer: bound(undefined),
  });

  itRepairs({
    title: "keeps a block, its awaits and the types of its parameters",
    before: `${GIVEN}export const all = (items: string[]) => «Promise.all(«items.map(async (item: string): Promise<number> => {
  const sent = await send(item);
  return sent + 1;
})»)»;
`,
    after: `import { Bulkhead } from "./resilience/limit.js";

const sendLimit = new Bulkhead("send", { concurrency: 10, queueLimit: Infinity });

${GIVEN}export const all = (items: string[]) => Promise.all(items.map(async (item: string): Promise<number> => sendLimit.run(async () => {
  const sent = await send(item);
  return sent + 1;
})));
`,
    offer: bound(undefined),
    again: [`Promise.all(items.map(async (item: string): Promise<number> => sendLimit.run(async () => {
  const sent = await send(item);
  return sent + 1;
})))`, `items.map(async (item: string): Promise<number> => sendLimit.run(async () => {
  const sent = await send(item);
  return sent + 1;
}))`],
  });

  itRepairs({
    title: "gives a named function its item",
    before: `${GIVEN}export const all = (items: string[]) => «Promise.all(«items.map(send)»)»;\n`,
    after: `import pLimit from "p-limit";\n\nconst sendLimit = pLimit(10);\n\n${GIVEN}export const all = (items: string[]) => Promise.all(items.map((item2) => sendLimit(() => send(item2))));\n`,
    offer: bound("p-limit"),
    again: ["Promise.all(items.map((item2) => sendLimit(() => send(item2))))", "items.map((item2) => sendLimit(() => send(item2)))"],
    dependencies: ["p-limit"],
    ambient: 'declare module "p-limit" { export default function pLimit(count: number): <T>(task: () => T | Promise<T>) => Promise<T> }',
  });

  itRepairs({
    title: "starts what a loop collects when its turn comes",
    before: `${GIVEN}export async function all(items: string[]) {
  const sent: Promise<number>[] = [];
  for (const item of items) {
    «sent.push(send(item))»;
  }
  return «Promise.all(sent)»;
}
`,
    after: `import { bulkhead } from "cockatiel";

const sendLimit = bulkhead(10, Infinity);

${GIVEN}export async function all(items: string[]) {
  const sent: Promise<number>[] = [];
  for (const item of items) {
    sent.push(sendLimit.execute(() => send(item)));
  }
  return Promise.all(sent);
}
`,
    offer: ([each, settles], path) => bound("cockatiel")([settles, each].filter((span) => span !== undefined), path),
    dependencies: ["cockatiel"],
    again: ["sent.push(sendLimit.execute(() => send(item)))", "Promise.all(sent)"],
    ambient: 'declare module "cockatiel" { export function bulkhead(limit: number, queue: number): { execute<T>(task: () => PromiseLike<T> | T): Promise<T> } }',
  });

  itRepairs({
    title: "goes through the list with p-map where the project has it",
    before: `${GIVEN}export const all = (items: string[]) => «Promise.all(«items.map((item) => send(item))»)»;\n`,
    after: `import pMap from "p-map";\n\n${GIVEN}export const all = (items: string[]) => pMap(items, (item) => send(item), { concurrency: 10 });\n`,
    offer: bound("p-map", { through: "list" }),
    dependencies: ["p-map"],
    ambient: 'declare module "p-map" { export default function pMap<T, R>(items: Iterable<T>, task: (item: T) => R | Promise<R>, options: object): Promise<R[]> }',
    again: ["pMap(items, (item) => send(item), { concurrency: 10 })", "pMap(items, (item) => send(item), { concurrency: 10 })"],
  });

  itRepairs({
    title: "goes through the list where the work may come back to itself, and waits for all that settle",
    before: `${GIVEN}export const all = (items: string[]) => «Promise.allSettled(«items.map((item) => send(item))»)»;\n`,
    after: `import { settleLimited } from "./resilience/limit.js";\n\n${GIVEN}export const all = (items: string[]) => settleLimited(items, (item) => send(item));\n`,
    offer: bound(undefined, { through: "list" }),
    again: ["settleLimited(items, (item) => send(item))", "settleLimited(items, (item) => send(item))"],
  });
});

describe("the fix of a list that one transaction goes through", () => {
  itRepairs({
    title: "awaits one item after the other, and gives what they gave",
    before: `${GIVEN}export class Mails {
  async all(input: { items: string[] }): Promise<number[]> {
    return await «Promise.all(«input.items.map((item) => send(item))»)»;
  }
}
`,
    after: `${GIVEN}export class Mails {
  async all(input: { items: string[] }): Promise<number[]> {
    const results = [];
    for (const item of input.items) results.push(await send(item));
    return results;
  }
}
`,
    offer: inOrder,
    again: ["send(item)", "send(item)"],
  });

  itRepairs({
    title: "keeps the name of what it takes from each item, where nothing is given back",
    before: `${GIVEN}export async function all(items: { id: string }[]): Promise<void> {
  await «Promise.all(«items.map(async ({ id }) => await send(id))»)»;
}
`,
    after: `${GIVEN}export async function all(items: { id: string }[]): Promise<void> {
  for (const { id } of items) await send(id);
}
`,
    offer: inOrder,
    again: ["send(id)", "send(id)"],
  });

  itRepairs({
    title: "lets a method await that handed the promise on",
    before: `${GIVEN}export class Mails {
  all(items: string[]): Promise<number[]> {
    return «Promise.all(«items.map((item) => send(item))»)»;
  }
}
`,
    after: `${GIVEN}export class Mails {
  async all(items: string[]): Promise<number[]> {
    const results = [];
    for (const item of items) results.push(await send(item));
    return results;
  }
}
`,
    offer: inOrder,
    again: ["send(item)", "send(item)"],
  });
});
