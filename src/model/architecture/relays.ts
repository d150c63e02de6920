/**
 * Relays of an outbox: a message goes to the topic that stands in its row, and whoever writes the row says which. Both are joined by the
 * name of the column, within the services of one package.
 */
import type { CallValue, FunctionFact, ObjectValue, Value } from "../../syntax/summary.ts";
import type { Site } from "../knowledge.ts";
import type { Text } from "../text.ts";
import { textIn } from "../trace/text-of.ts";
import type { Tracer } from "../trace/tracer.ts";
import { walkInstructions, walkValue, walkValues } from "../trace/walk.ts";
import type { Summaries } from "./manifests.ts";

/** Columns that a publisher takes channel and routing key from. */
export interface Relay {
  readonly site: string;
  readonly channel?: string;
  readonly key?: string;
}

/** What is written into a column. */
export interface Written {
  readonly path: string;
  readonly column: string;
  readonly text: Text;
}

export function relaysIn(sites: readonly Site[]): readonly Relay[] {
  return sites.flatMap((site) => {
    if (site.effect !== "publish") return [];
    const channel = isOpen(site.target) ? columnAt(site, site.facts.target) : undefined;
    const key = site.key !== undefined && isOpen(site.key) ? columnAt(site, site.facts.key) : undefined;
    return channel === undefined && key === undefined ? [] : [{ site: site.id, ...(channel === undefined ? {} : { channel }), ...(key === undefined ? {} : { key }) }];
  });
}

function isOpen(text: Text): boolean {
  return !text.some((part) => part.is === "known" || part.is === "env");
}

/** `topic` of `send({ topic: row.topic })`. */
function columnAt(site: Site, at: Site["facts"]["target"]): string | undefined {
  const arg = at === undefined ? undefined : site.args[at.arg];
  const value = at?.path === undefined || arg?.kind !== "object" ? arg : at.path.split("|").map((path) => arg.properties.find(({ key }) => key === path)?.value).find((found) => found !== undefined);
  return value?.kind === "member" && (value.of.kind === "name" || value.of.kind === "member") ? value.name : undefined;
}

const STORES = /(?:^|[.])(?:insert|insertMany|insertOne|create|createMany|save|add|upsert|values|append|enqueue)$/;
const TABLE = /outbox|event|message|notification/i;

/** Rows that code writes into a table of messages: the texts of their columns. */
export function writtenIn(tracer: Tracer, summaries: Summaries): readonly Written[] {
  return [...summaries.values()].flatMap((summary) => (summary.kind !== "code" ? [] : summary.functions.filter((fn) => fn.calls.some((callee) => STORES.test(callee) || callee.startsWith("?"))).flatMap((fn) => rowsIn(tracer, summary.path, fn))));
}

function rowsIn(tracer: Tracer, path: string, fn: FunctionFact): readonly Written[] {
  const found: Written[] = [];
  const frame = tracer.frame({ path, id: fn.id });
  if (frame !== undefined) walkInstructions(fn.body, (step) => walkValues(step, (value) => {
    if (value.kind !== "call" || value.callee.kind !== "member" || !STORES.test(value.callee.name) || !namesTable(value)) return;
    for (const object of value.args.flatMap(objectsIn)) for (const { key, value: held } of object.properties) {
      const text = key === undefined || held.kind === "object" || held.kind === "array" || held.kind === "function" ? [] : textIn(tracer, held, frame);
      if (key !== undefined && text.length > 0 && !isOpen(text)) found.push({ path, column: key, text });
    }
  }));
  return found;
}

/** `tx("outbox").insert(…)`, `tx.insert(OutboxMessage, …)`, `prisma.outboxEvent.create(…)` */
function namesTable({ callee, args }: CallValue): boolean {
  let found = false;
  const look = (value: Value): void => walkValue(value, (inner) => {
    found ||= (inner.kind === "name" || inner.kind === "member" ? TABLE.test(inner.name) : inner.kind === "const" && typeof inner.value === "string" && TABLE.test(inner.value));
  });
  look(callee);
  if (args[0]?.kind === "name" || args[0]?.kind === "const") look(args[0]);
  return found;
}

function objectsIn(value: Value): readonly ObjectValue[] {
  const found: ObjectValue[] = [];
  walkValue(value, (inner) => {
    if (inner.kind === "object") found.push(inner);
  });
  return found;
}
