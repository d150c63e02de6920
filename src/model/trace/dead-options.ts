/** Options that look like a limit and are not read by this client, or not by this version of it; pools that bound all but the wait. */
import type { TimeoutFacts } from "../../catalog/library.ts";
import { satisfies } from "../versions.ts";
import type { DeadOption, OpenPool, Site } from "../knowledge.ts";
import type { Called } from "./catalogued.ts";
import { nameOf } from "./contexts.ts";
import { deadlineOf, type DeadlineContext } from "./deadline.ts";
import type { RawCall } from "./graph.ts";
import { numberOf, readOption } from "./options.ts";
import { type Frame, type Origin, possibilities } from "./traced.ts";

export interface DeadContext extends DeadlineContext {
  readonly raw: readonly RawCall[];
  readonly sites: readonly Site[];
}

type Ignored = NonNullable<TimeoutFacts["ignored"]>[number];

export function deadOptionsIn(ctx: DeadContext): readonly DeadOption[] {
  const found = new Map<string, DeadOption>();
  const asked = ctx.raw.filter(({ library }) => library.timeout?.ignored !== undefined);
  if (asked.length === 0) return [];
  const siteAt = sitesByPlace(ctx);
  for (const raw of asked) {
    const frame = ctx.tracer.frame(raw.ref);
    const ignored = raw.library.timeout?.ignored ?? [];
    const site = frame ? siteAt.get(rawKey(raw)) : undefined;
    if (!frame || !site) continue;
    for (const option of ignored) {
      const dead = option.at === "call" ? inCall(ctx, raw, option, frame, site) : inInstance(ctx, raw, option, site);
      if (dead) found.set(`${dead.place.path}#${dead.place.at}`, dead);
    }
  }
  return [...found.values()];
}

function sitesByPlace({ sites }: DeadContext): ReadonlyMap<string, Site> {
  return new Map(sites.map((site) => [`${site.raw.path}#${site.raw.at}`, site]));
}

function rawKey({ ref, step }: RawCall): string {
  const { callee } = step.call;
  return `${ref.path}#${callee.kind === "member" ? callee.nameAt : callee.at}`;
}

/** Facts that hold for some versions say nothing where the version is not known. */
function holds(ctx: DeadContext, option: Ignored, path: string, library: string): boolean {
  if (option.versions === undefined) return true;
  const version = ctx.versionOf(path, library);
  return version !== undefined && /\d/.test(version) && satisfies(version, option.versions);
}

function inCall(ctx: DeadContext, raw: RawCall, option: Ignored, frame: Frame, site: Site): DeadOption | undefined {
  if (!holds(ctx, option, raw.ref.path, raw.library.package) || isBounded(ctx, raw, frame)) return undefined;
  const arg = raw.facts.options === undefined ? undefined : raw.args[raw.facts.options < 0 ? raw.args.length + raw.facts.options : raw.facts.options];
  const read = arg && readOption(ctx.tracer, ctx.tracer.trace(arg, raw.argsFrame), option.name);
  if (read?.is !== "set" || !read.place || (read.value.is === "const" && read.value.value === null)) return undefined;
  return { place: read.place, name: option.name, why: option.why, site, library: raw.library.title ?? raw.library.package, at: "call" };
}

function inInstance(ctx: DeadContext, raw: RawCall, option: Ignored, site: Site): DeadOption | undefined {
  for (let o: Origin | undefined = raw.origin, depth = 0; o && depth < 4; o = o.parent, depth++) {
    const arg = o.call && o.options !== undefined ? o.call.args[o.options] : undefined;
    if (!arg || !o.frame || !holds(ctx, option, o.frame.path, raw.library.package)) continue;
    const read = readOption(ctx.tracer, ctx.tracer.trace(arg, o.frame), option.name);
    if (read.is === "set" && read.place) return { place: read.place, name: option.name, why: option.why, site, library: raw.library.title ?? raw.library.package, at: "instance" };
  }
  return undefined;
}

/** Another option, one that is read, bounds the call: then the dead one is clutter, and no false safety. */
function isBounded(ctx: DeadContext, called: Called, frame: Frame): boolean {
  const { aspect } = deadlineOf(ctx, called, frame);
  return aspect.is === "known" || aspect.is === "present";
}

/** Pools that limit a statement and not the wait for a connection. */
export function openPoolsIn(ctx: DeadContext): readonly OpenPool[] {
  const pools = new Map<string, { pool: OpenPool; sites: Site[] }>();
  const asked = ctx.raw.filter(({ library, origin }) => library.timeout?.pool?.types.includes(origin.type) === true);
  if (asked.length === 0) return [];
  const siteAt = sitesByPlace(ctx);
  for (const raw of asked) {
    const { origin } = raw;
    const facts = raw.library.timeout?.pool;
    const arg = origin.call && origin.options !== undefined ? origin.call.args[origin.options] : undefined;
    const site = siteAt.get(rawKey(raw));
    if (!facts || !arg || !origin.frame || !origin.place || origin.options === undefined || !site) continue;
    const key = `${origin.place.path}#${origin.place.at}`;
    const known = pools.get(key);
    if (known) {
      known.sites.push(site);
      continue;
    }
    const options = ctx.tracer.trace(arg, origin.frame);
    if (!possibilities(options).every((t) => t.is === "object")) continue;
    const bounded = facts.acquire.some((name) => {
      const read = readOption(ctx.tracer, options, name);
      return read.is !== "absent" && !(read.is === "set" && numberOf(read.value) === 0);
    });
    const has = bounded ? undefined : facts.statement.find((name) => readOption(ctx.tracer, options, name).is === "set");
    if (has === undefined) continue;
    const [lacks] = facts.acquire;
    const callee = origin.call?.callee;
    pools.set(key, { sites: [site], pool: { place: origin.place, head: { path: origin.place.path, at: origin.place.at, end: callee?.end ?? origin.place.end }, symbol: nameOf(ctx.tracer, { path: origin.frame.path, id: origin.frame.fn.id }), library: raw.library.package, name: origin.name, has, ...(lacks === undefined ? {} : { lacks }), options: origin.options, sites: [] } });
  }
  return [...pools.values()].map(({ pool, sites }) => ({ ...pool, sites }));
}

