/**
 * Calls of a base class whose target each subclass decides: `publish(data) { client.publish(this.topic, data) }`. Such a call is
 * made once for each subclass, in the services where the subclasses live.
 */
import type { Value } from "../../syntax/summary.ts";
import type { Site } from "../knowledge.ts";
import type { Text } from "../text.ts";
import { readOption } from "../trace/options.ts";
import { asText } from "../trace/text-of.ts";
import { callFrame } from "../trace/frames.ts";
import type { Tracer } from "../trace/tracer.ts";
import type { Frame } from "../trace/traced.ts";
import { walkInstructions, walkValue, walkValues } from "../trace/walk.ts";

/** What a call is for one subclass. */
export interface Variant {
  readonly site: string;
  /** File of the subclass. */
  readonly path: string;
  readonly target: Text;
}

export function variantsOf(tracer: Tracer, sites: readonly Site[]): readonly Variant[] {
  return sites.flatMap((site) => (isOpen(site.target) ? variantsOfSite(tracer, site) : []));
}

function isOpen(target: Text): boolean {
  return target.length === 0 || target.some((part) => part.is === "hole");
}

function variantsOfSite(tracer: Tracer, site: Site): readonly Variant[] {
  const value = valueOfTarget(tracer, site);
  const home = value === undefined ? undefined : classAround(tracer, site);
  if (value === undefined || home === undefined) return [];
  return tracer.implementors(home.path, home.name).flatMap((key) => {
    const frame = callFrame(tracer, home.method, { self: { is: "self", class: key }, args: [], depth: 0 });
    const target = frame === undefined ? [] : targetIn(tracer, value, { frame, path: site.facts.target?.path });
    return isOpen(target) ? [] : [{ site: site.id, path: key.path, target }];
  });
}

/** The argument that names the target and speaks of `this`: the call's own, or that of the subscription or queue it is made on. */
function valueOfTarget(tracer: Tracer, site: Site): Value | undefined {
  const where = site.facts.target;
  const own = where === undefined ? undefined : site.args[where.arg];
  if (own !== undefined && mentionsThis(own)) return own;
  const made = site.origin.place;
  if (made === undefined || made.path !== site.in.path || site.target.length > 0) return undefined;
  let found: Value | undefined;
  for (const step of tracer.fn(site.in)?.body ?? [])
    walkInstructions([step], (inner) => walkValues(inner, (value) => {
      if (value.kind === "call" && made.at >= value.at && made.end <= value.end) found ??= value.args.find(mentionsThis);
    }));
  return found;
}

function mentionsThis(value: Value): boolean {
  let found = false;
  walkValue(value, (inner) => {
    if (inner.kind === "name" && inner.name === "this") found = true;
  });
  return found;
}

interface Home {
  readonly path: string;
  readonly name: string;
  readonly method: { readonly path: string; readonly id: number };
}

/** The method that a call stands in, through arrow functions, and its class. */
function classAround(tracer: Tracer, site: Site): Home | undefined {
  const { path } = site.in;
  for (let fn = tracer.fn(site.in); fn !== undefined && fn.id !== 0; fn = tracer.fn({ path, id: fn.parent })) {
    if (fn.classId < 0 || fn.kind === "arrow") continue;
    const fact = tracer.class({ path, id: fn.classId });
    return fact === undefined || fact.name === "" ? undefined : { path, name: fact.name, method: { path, id: fn.id } };
  }
  return undefined;
}

function targetIn(tracer: Tracer, value: Value, { frame, path }: { readonly frame: Frame; readonly path: string | undefined }): Text {
  const traced = tracer.trace(value, frame);
  if (traced.is !== "object") return asText(traced);
  for (const name of path?.split("|") ?? []) {
    const read = readOption(tracer, traced, name);
    if (read.is === "set") return asText(read.value);
  }
  return [];
}

