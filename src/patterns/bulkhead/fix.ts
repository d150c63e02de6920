/** Repairs of unbounded fan-outs: what runs for each item waits for a place. */
import { descendants, Draft, enclosing, finish, freshName, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { FanOutFixData, LimitLibrary } from "./data.ts";
import { declareLimiter, type LimiterLibrary } from "./limiter.ts";
import { limitTemplate } from "./template.generated.ts";

export function fanOutFixes(data: FanOutFixData): readonly FixOffer[] {
  return [...data.libraries, "generated" as const].map((library) => ({
    id: `bulkhead/${library}`,
    title: `Run \`${data.work}\` for ten items at a time ${library === "generated" ? "through a bulkhead" : `with ${library}`}`,
    kind: "review",
    build: (context) => bound(context, data, library),
  }));
}

function bound(context: FixContext, data: FanOutFixData, library: LimitLibrary | "generated"): FixResult {
  const draft = Draft.open(context, data.path);
  const each = draft && nodeAt(draft.file, data.each);
  if (draft === undefined || each === undefined || !ts.isCallExpression(each)) return STALE;
  const reason = library === "p-map" || library === "bluebird" || data.through === "list" ? throughList(draft, data, each, library) : throughLimiter(draft, data, each, library);
  return reason === undefined ? finish(draft) : { ok: false, reason };
}

// ------------------------------------------------------------------------------- a function that goes through a list

/** `Promise.all(items.map(work))` becomes one call that goes through the list: nothing is shared with other rounds. */
function throughList(draft: Draft, data: FanOutFixData, each: ts.CallExpression, library: LimitLibrary | "generated"): string | undefined {
  const settles = enclosing(draft.file, data.settles, ts.isCallExpression);
  if (settles !== undefined && !/\.all(Settled)?$/.test(draft.source(settles.expression))) return undefined;
  const listed = listAndWork(each);
  if (settles === undefined || settles.arguments.length !== 1 || settles.arguments[0] !== each || listed === undefined) return "The promises are collected first; bound them where they are made";
  const keepsFailures = /allSettled$/.test(draft.source(settles.expression));
  const [list, work] = listed.map((node) => draft.source(node));
  if (keepsFailures && library !== "generated") return `${library} stops at the first failure, and this waits for all of them`;
  draft.replace(settles, `${goingThrough(draft, library, keepsFailures)(`${list}, ${work}`)}`);
  return undefined;
}

function goingThrough(draft: Draft, library: LimitLibrary | "generated", keepsFailures: boolean): (what: string) => string {
  if (library === "p-map") {
    const local = draft.import({ specifier: "p-map", names: [], default: "pMap" });
    return (what) => `${local("default")}(${what}, { concurrency: 10 })`;
  }
  if (library === "bluebird") {
    const local = draft.import({ specifier: "bluebird", names: [], default: "Bluebird" });
    return (what) => `${local("default")}.map(${what}, { concurrency: 10 })`;
  }
  const name = keepsFailures ? "settleLimited" : "mapLimited";
  const local = draft.importTemplate(limitTemplate, [name]);
  return (what) => `${local(name)}(${what})`;
}

/** `items.map(work)` and `Array.from(items, work)`. */
function listAndWork(each: ts.CallExpression): readonly [ts.Expression, ts.Expression] | undefined {
  const { expression } = each;
  const [first, second] = each.arguments;
  if (!ts.isPropertyAccessExpression(expression) || first === undefined) return undefined;
  if (expression.name.text === "map" && second === undefined) return [expression.expression, first];
  return expression.name.text === "from" && second !== undefined ? [first, second] : undefined;
}

// ------------------------------------------------------------------------------------- a limiter around what is run

function throughLimiter(draft: Draft, data: FanOutFixData, each: ts.CallExpression, library: Exclude<LimitLibrary, "p-map" | "bluebird"> | "generated"): string | undefined {
  const demand = (): string => declareLimiter(draft, freshName(draft.file, limiterName(draft, each)), library satisfies LimiterLibrary).before;
  const { expression } = each;
  const last = each.arguments.at(-1);
  if (!ts.isPropertyAccessExpression(expression) || last === undefined) return "The call that starts the work cannot be seen";
  if (expression.name.text === "push") return wrap(draft, last, demand);
  return inCallback(draft, last, demand);
}

/** A limiter of ours runs it already. */
function isLimited(draft: Draft, node: ts.Node): boolean {
  return ts.isCallExpression(node) && /Limit\d*(\.(run|add|schedule|execute))?$/.test(draft.source(node.expression));
}

/** `(item) => work(item)` becomes `(item) => limit(() => work(item))`; its parameters and its types stay. */
function inCallback(draft: Draft, work: ts.Expression, demand: () => string): string | undefined {
  if (ts.isArrowFunction(work)) {
    const { body } = work;
    if (isLimited(draft, body)) return undefined;
    const isAsync = work.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true;
    draft.insert(body.getStart(draft.file), `${demand()}${isAsync ? "async " : ""}() => `);
    draft.insert(body.end, ")");
    return undefined;
  }
  if (ts.isIdentifier(work) || ts.isPropertyAccessExpression(work)) {
    const item = freshName(draft.file, "item");
    draft.replace(work, `(${item}) => ${demand()}() => ${draft.source(work)}(${item}))`);
    return undefined;
  }
  return "The function that runs for each item is made elsewhere";
}

/** A promise that is started here is started when its turn comes. */
function wrap(draft: Draft, promise: ts.Expression, demand: () => string): string | undefined {
  if (isLimited(draft, promise)) return undefined;
  if (!ts.isCallExpression(promise)) return "The promise was started earlier; bound it where it is made";
  let isAsync = false;
  const visit = (node: ts.Node): void => {
    if (ts.isAwaitExpression(node)) isAsync = true;
    if (!ts.isFunctionLike(node)) ts.forEachChild(node, visit);
  };
  visit(promise);
  draft.insert(promise.getStart(draft.file), `${demand()}${isAsync ? "async " : ""}() => `);
  draft.insert(promise.end, ")");
  return undefined;
}

/** `remindLimit` for a list of which each item is given to `remind`. */
function limiterName(draft: Draft, each: ts.CallExpression): string {
  const work = each.arguments.at(-1);
  const call = work === undefined ? undefined : [work, ...descendants(work)].find(ts.isCallExpression);
  const callee = call?.expression ?? work;
  const name = callee === undefined ? "" : ts.isPropertyAccessExpression(callee) ? callee.name.text : ts.isIdentifier(callee) ? draft.source(callee) : "";
  return name === "" ? "itemLimit" : `${name.charAt(0).toLowerCase()}${name.slice(1)}Limit`;
}
