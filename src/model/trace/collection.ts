/** How large a collection may grow: as large as the code says, or as large as a client or a table makes it. */
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import type { FunctionRef, Reached, Site } from "../knowledge.ts";
import type { Evidence } from "../policy.ts";
import { flowOf } from "./flow.ts";
import type { CallGraph } from "./graph.ts";
import type { Binding } from "./bindings.ts";
import { numberOf } from "./options.ts";
import { type Frame, possibilities, refKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";
import { BOUNDED, type Size, UNKNOWN, worst } from "./size.ts";
import { asksForPage, isChecked, isLimited, isLimitedBy, isLimiting } from "./limits.ts";
import { chainOfPromiseAll, CHUNKS, CUTS, isThis, KEEPS, returnsOf, STATICS } from "./collection-words.ts";

export interface CollectionContext {
  readonly tracer: Tracer;
  readonly graph: CallGraph;
  readonly reach: (ref: FunctionRef) => readonly Reached[];
  /** Sites told at a call in file `path`. */
  readonly at: (call: CallValue | NewValue, path: string) => readonly Site[];
}

/** Where a value stands: in a frame, and, where one call of its function is followed, with that call. */
interface Spot {
  readonly frame: Frame;
  readonly call?: { readonly args: readonly Value[]; readonly from: Spot };
  readonly depth: number;
}

const MAX_DEPTH = 24;
/** From here on a chunk is no bound any more. */
const LARGE = 1_000;

const READS: ReadonlySet<string> = new Set(["query", "request", "sdk"]);

export class Collections {
  private readonly tracer: Tracer;
  private readonly graph: CallGraph;
  private readonly sitesAt: (call: CallValue | NewValue, path: string) => readonly Site[];
  private readonly reach: (ref: FunctionRef) => readonly Reached[];
  private steps = 0;

  constructor({ tracer, graph, at, reach }: CollectionContext) {
    this.tracer = tracer;
    this.graph = graph;
    this.sitesAt = at;
    this.reach = reach;
  }

  sizeOf(value: Value, frame: Frame): Size {
    this.steps = 0;
    return this.size(value, { frame, depth: 0 });
  }

  private size(value: Value, spot: Spot): Size {
    if (spot.depth > MAX_DEPTH || ++this.steps > 400) return UNKNOWN;
    const here = { ...spot, depth: spot.depth + 1 };
    if (isChecked(value, spot.frame.fn.body)) return BOUNDED;
    switch (value.kind) {
      case "const":
      case "object":
        return BOUNDED;
      case "await":
      case "spread":
        return this.size(value.of, here);
      case "array":
        return worst(value.items.filter((i) => i.kind === "spread").map((i) => this.size(i, here)));
      case "conditional":
        return worst([this.size(value.then, here), this.size(value.else, here)]);
      case "binary":
        return worst([this.size(value.left, here), this.size(value.right, here)]);
      case "assign":
        return this.size(value.value, here);
      case "name":
        return this.name(value.name, value.at, here);
      case "member":
        return this.part(value.of, value.name, value, here);
      case "index":
        return this.part(value.of, undefined, value, here);
      case "call":
      case "new":
        return this.call(value, here);
      default:
        return UNKNOWN;
    }
  }

  private name(name: string, at: number, spot: Spot): Size {
    if (name === "undefined") return BOUNDED;
    const { frame } = spot;
    const binding = this.tracer.file(frame.path)?.lookup(name, frame.fn, at);
    if (!binding) return UNKNOWN;
    if (binding.kind === "variable") return this.variable(name, binding, spot);
    if (binding.kind === "parameter") return this.parameter(binding, spot);
    return this.fixed(this.tracer.name(name, frame, at));
  }

  private variable(name: string, binding: Binding & { kind: "variable" }, spot: Spot): Size {
    const at = this.spotOf(binding.fn.id, spot);
    if (!at) return UNKNOWN;
    const sizes = binding.declarations.map((d) => {
      if (!d.value) return BOUNDED;
      if (d.element || d.path.length > 0) return this.pieces(d.value, d.path, d.element, at);
      return this.size(d.value, at);
    });
    // What a module keeps for itself is a register, and grows with the program.
    if (binding.fn.kind === "module" && spot.frame.fn.kind !== "module") return BOUNDED;
    return worst([...sizes, ...binding.assigned.map((a) => this.size(a.value, this.spotOf(a.fn.id, spot) ?? at)), ...this.filled(name, at)]);
  }

  /** What is put into a local list, in loops over something. */
  private filled(name: string, spot: Spot): readonly Size[] {
    return flowOf(spot.frame.fn).steps.flatMap(({ call, within }) => {
      const { callee } = call;
      if (call.kind !== "call" || callee.kind !== "member" || callee.of.kind !== "name" || callee.of.name !== name || !/^(push|add|set|unshift)$/.test(callee.name)) return [];
      const spread = call.args.filter((a) => a.kind === "spread").map((a) => this.size(a, spot));
      for (let w = within; w; w = w.up) if (w.kind === "loop") return [...spread, w.loop.over ? this.size(w.loop.over, spot) : UNKNOWN];
      return spread;
    });
  }

  /** An element of a list, or what is destructured from a value. */
  private pieces(value: Value, path: readonly string[], element: boolean, spot: Spot): Size {
    // The parts of a list of lists are what it was cut into.
    if (element && path.length === 0) return value.kind === "call" ? this.chunked(value, spot) : BOUNDED;
    const asked = value.kind === "await" ? value.of : value;
    if (asked.kind === "call" && asksForPage(asked, (v) => leftOut(v, spot))) return UNKNOWN;
    const whole = this.tracer.trace(value, spot.frame);
    if (whole.is === "object" && !element && path.length === 1) {
      const property = whole.value.properties.find((p) => p.key === path[0]);
      if (property) return this.size(property.value, { ...spot, frame: whole.frame });
    }
    if (asked.kind === "call" && !element && chainOfPromiseAll(asked)) {
      const list = asked.args[0];
      const item = list?.kind === "array" ? list.items[Number(path[0])] : undefined;
      return item ? this.size(item, spot) : UNKNOWN;
    }
    return this.data(value, spot);
  }

  private chunked(call: CallValue, spot: Spot): Size {
    const count = call.args.map((a) => numberOf(this.tracer.trace(a, spot.frame))).find((n) => n !== undefined);
    return count !== undefined && count >= LARGE ? { is: "unbounded", evidence: [said(`cut into pieces of ${count}`, call, spot)] } : BOUNDED;
  }

  private parameter(binding: Binding & { kind: "parameter" }, spot: Spot): Size {
    const at = this.spotOf(binding.fn.id, spot);
    if (!at) return UNKNOWN;
    if (at.call) {
      const arg = at.call.args[binding.index];
      return arg ? this.argument(arg, binding.path, at.call.from) : BOUNDED;
    }
    return this.fromCallers(binding, at);
  }

  private argument(arg: Value, path: readonly string[], spot: Spot): Size {
    if (path.length === 0) return this.size(arg, spot);
    return this.property(arg, path[0] ?? "", spot) ?? this.data(arg, spot);
  }

  private fromCallers(binding: Binding & { kind: "parameter" }, spot: Spot): Size {
    const ref: FunctionRef = { path: spot.frame.path, id: binding.fn.id };
    const edges = this.graph.into.get(refKey(ref)) ?? [];
    const entry = this.graph.isEntry(refKey(ref));
    if (edges.length === 0) return entry ? decidedByCaller(binding, spot) : UNKNOWN;
    return worst(
      edges.slice(0, 6).map((edge) => {
        const frame = this.tracer.frame(edge.from);
        if (!frame) return UNKNOWN;
        const from = { frame, depth: spot.depth + 1 };
        if (edge.kind === "call") {
          const arg = edge.call.args[binding.index];
          return arg ? this.argument(arg, binding.path, from) : BOUNDED;
        }
        return this.handed(edge.call, binding, from);
      }),
    );
  }

  /** The parameter of a callback: an element of what it is called on. */
  private handed(call: CallValue | NewValue, binding: Binding & { kind: "parameter" }, spot: Spot): Size {
    if (call.callee.kind !== "member") return UNKNOWN;
    if (call.callee.name === "then") return binding.path.length === 0 ? this.size(call.callee.of, spot) : this.data(call.callee.of, spot);
    if (!/^(map|flatMap|forEach|filter|reduce)$/.test(call.callee.name)) return UNKNOWN;
    if (binding.path.length > 0) return this.data(call.callee.of, spot);
    return call.callee.of.kind === "call" ? this.chunked(call.callee.of, spot) : UNKNOWN;
  }

  /** `value.name`, `value[key]` */
  private part(of: Value, name: string | undefined, whole: Value, spot: Spot): Size {
    const traced = this.tracer.trace(whole, spot.frame);
    if (possibilities(traced).some((t) => t.is === "array" || t.is === "object" || t.is === "module" || t.is === "class")) return this.fixed(traced);
    if (isThis(of)) return BOUNDED;
    return (name === undefined ? undefined : this.property(of, name, spot)) ?? this.data(of, spot);
  }

  /** The value of a property where the object is written out somewhere on the way. */
  private property(of: Value, name: string, spot: Spot): Size | undefined {
    if (spot.depth > MAX_DEPTH || ++this.steps > 400) return UNKNOWN;
    const here = { ...spot, depth: spot.depth + 1 };
    switch (of.kind) {
      case "await":
        return this.property(of.of, name, here);
      case "object": {
        const own = of.properties.find((p) => p.key === name);
        if (own) return this.size(own.value, here);
        const spread = of.properties.find((p) => p.spread);
        return spread ? this.property(spread.value, name, here) : BOUNDED;
      }
      case "new":
      case "call": {
        const [first] = of.args;
        return first?.kind === "object" && this.sitesAt(of, here.frame.path).length === 0 ? this.property(first, name, here) : undefined;
      }
      case "name": {
        const binding = this.tracer.file(spot.frame.path)?.lookup(of.name, spot.frame.fn, of.at);
        if (binding?.kind === "variable") {
          const [only] = binding.declarations;
          const at = this.spotOf(binding.fn.id, here);
          return only?.value && at && binding.declarations.length === 1 && only.path.length === 0 && !only.element ? this.property(only.value, name, at) : undefined;
        }
        return binding?.kind === "parameter" && binding.path.length === 0 ? this.parameter({ ...binding, path: [name] }, here) : undefined;
      }
      default:
        return undefined;
    }
  }

  /** A part of a value: as long as its owner likes, where the value comes from a client or a store. */
  private data(value: Value, spot: Spot): Size {
    if (spot.depth > MAX_DEPTH || ++this.steps > 400) return UNKNOWN;
    const here = { ...spot, depth: spot.depth + 1 };
    switch (value.kind) {
      case "await":
        return this.data(value.of, here);
      case "member":
        return isThis(value.of) ? BOUNDED : this.data(value.of, here);
      case "index":
        return this.data(value.of, here);
      case "call":
        return this.call(value, here, true);
      case "binary":
        return worst([this.data(value.left, here), this.data(value.right, here)]);
      case "name": {
        const binding = this.tracer.file(spot.frame.path)?.lookup(value.name, spot.frame.fn, value.at);
        if (binding?.kind === "parameter") return this.dataOfParameter(binding, here);
        if (binding?.kind !== "variable" || binding.fn.kind === "module") return BOUNDED;
        const at = this.spotOf(binding.fn.id, here);
        if (!at) return UNKNOWN;
        // `let answer; try { answer = await … }`: the declaration alone says nothing.
        const put = [...binding.declarations.flatMap((d) => (d.value ? [this.data(d.value, at)] : [])), ...binding.assigned.map((a) => this.data(a.value, this.spotOf(a.fn.id, spot) ?? at))];
        return worst([...(put.length > 0 ? put : [UNKNOWN]), ...this.filled(value.name, at)]);
      }
      default:
        return UNKNOWN;
    }
  }

  private dataOfParameter(binding: Binding & { kind: "parameter" }, spot: Spot): Size {
    const at = this.spotOf(binding.fn.id, spot);
    if (!at) return UNKNOWN;
    if (at.call) {
      const arg = at.call.args[binding.index];
      return arg ? this.data(arg, at.call.from) : UNKNOWN;
    }
    const ref: FunctionRef = { path: at.frame.path, id: binding.fn.id };
    const edges = this.graph.into.get(refKey(ref)) ?? [];
    const entry = this.graph.isEntry(refKey(ref));
    if (entry) return decidedByCaller(binding, at);
    return worst(
      edges.slice(0, 6).map((edge) => {
        const frame = this.tracer.frame(edge.from);
        if (!frame) return UNKNOWN;
        const from = { frame, depth: at.depth + 1 };
        const source = edge.kind === "call" ? edge.call.args[binding.index] : edge.call.callee.kind === "member" ? edge.call.callee.of : undefined;
        return source ? this.data(source, from) : UNKNOWN;
      }),
    );
  }

  private call(call: CallValue | NewValue, spot: Spot, part = false): Size {
    const { callee } = call;
    const inner = (value: Value | undefined): Size => (value === undefined ? BOUNDED : part ? this.data(value, spot) : this.size(value, spot));
    const remote = this.remote(call, spot);
    if (remote) return remote;
    if (callee.kind === "name" && call.kind === "new" && /^(Set|Map)$/.test(callee.name)) return inner(call.args[0]);
    if (callee.kind === "member") {
      const owner = callee.of.kind === "name" ? STATICS[callee.of.name] : undefined;
      if (owner?.test(callee.name)) return callee.name === "assign" ? UNKNOWN : this.ofStatic(call, callee.name, inner);
      if (CUTS.test(callee.name)) return this.cut(call, spot);
      if (callee.name === "concat") return worst([inner(callee.of), ...call.args.map(inner)]);
      if (callee.name === "split") return part ? UNKNOWN : this.data(callee.of, spot);
    }
    if (asksForPage(call, (v) => leftOut(v, spot))) return UNKNOWN;
    const followed = this.returned(call, spot, part);
    if (followed) return followed;
    if (callee.kind === "member" && KEEPS.test(callee.name)) return inner(callee.of);
    const name = callee.kind === "member" ? callee.name : callee.kind === "name" ? callee.name : "";
    if (/^(uniq\w*|compact|unique\w*|sortBy|orderBy|difference|intersection|dedupe)$/.test(name)) return inner(call.args[0]);
    if (CHUNKS.test(name) && call.kind === "call") return this.chunked(call, spot);
    // What a call out of sight makes of a long list is a long list.
    const through = [...call.args, ...(callee.kind === "member" && !isThis(callee.of) ? [callee.of] : [])].filter((v) => v.kind !== "function");
    return through.map(inner).find((size) => size.is === "unbounded") ?? UNKNOWN;
  }

  private ofStatic(call: CallValue | NewValue, name: string, inner: (value: Value | undefined) => Size): Size {
    const [first] = call.args;
    const length = first?.kind === "object" ? first.properties.find((p) => p.key === "length") : undefined;
    if (length) return BOUNDED;
    return name === "of" ? BOUNDED : inner(first);
  }

  /** `.slice(i, i + 50)`: the bound is what is added, or the end counted from the start. */
  private cut(call: CallValue | NewValue, spot: Spot): Size {
    const end = call.args.at(-1);
    if (call.args.length === 0 || !end || leftOut(end, spot)) return call.callee.kind === "member" ? this.size(call.callee.of, spot) : UNKNOWN;
    if (call.args.length === 1 && call.callee.kind === "member" && call.callee.name === "slice") return this.size(call.callee.of, spot);
    const count = numberOf(this.tracer.trace(end.kind === "binary" && end.op === "+" ? end.right : end, spot.frame));
    return count !== undefined && count >= LARGE ? { is: "unbounded", evidence: [said(`up to ${count} at once`, call, spot)] } : BOUNDED;
  }

  /** What a store or a service answers, with no limit in the question. */
  private remote(call: CallValue | NewValue, spot: Spot): Size | undefined {
    const site = this.sitesAt(call, spot.frame.path).find((s) => READS.has(s.effect));
    if (!site) return undefined;
    return isLimited(this.tracer, call, spot.frame, (v) => leftOut(v, spot)) ? BOUNDED : { is: "unbounded", evidence: [{ says: `${site.calleeText} answers with as many as there are`, place: site.callee }] };
  }

  /** The values that a function of the workspace returns. */
  private returned(call: CallValue | NewValue, spot: Spot, part: boolean): Size | undefined {
    if (call.kind !== "call") return undefined;
    const functions = possibilities(this.tracer.trace(call.callee, spot.frame)).flatMap((t) => (t.is === "function" ? [t] : []));
    if (functions.length === 0) return undefined;
    const told = worst(
      functions.slice(0, 3).flatMap((fn) => {
        const fact = this.tracer.fn(fn.ref);
        const frame = this.tracer.frame(fn.ref);
        if (!fact || !frame || frame === spot.frame) return [UNKNOWN];
        const at: Spot = { frame, call: { args: call.args, from: spot }, depth: spot.depth + 1 };
        const sizes: Size[] = [];
        returnsOf(fact.body, (value) => sizes.push(part ? this.data(value, at) : this.size(value, at)));
        return sizes.length > 0 ? sizes : [UNKNOWN];
      }),
    );
    return told.is === "unknown" ? (functions.map((fn) => this.read(fn.ref)).find((s) => s !== undefined) ?? told) : told;
  }

  /** A function that hands on what it reads, in a way that cannot be followed: through a callback, a stream, a mapper. */
  private read(ref: FunctionRef): Size | undefined {
    const reads = this.reach(ref).filter((r) => READS.has(r.site.effect));
    const [first] = reads;
    // Of a remote procedure nothing but its answer tells whether it reads; one whose answer is taken apart does.
    const only = first && reads.length === 1 && (first.site.access !== "write" || first.site.facts.method === "rpc") ? first.site : undefined;
    const frame = only && this.tracer.frame(only.in);
    if (!only || !frame || frame.fn.calls.some((c) => isLimiting(c)) || isLimitedBy(this.tracer, only.args, frame)) return undefined;
    return { is: "unbounded", evidence: [{ says: `${only.calleeText} answers with as many as there are`, place: only.callee }] };
  }

  private fixed(traced: ReturnType<Tracer["trace"]>): Size {
    return possibilities(traced).every((t) => t.is === "array" || t.is === "object" || t.is === "module" || t.is === "class" || t.is === "const") ? BOUNDED : UNKNOWN;
  }

  /** The same spot, seen from the function that declares something. */
  private spotOf(id: number, spot: Spot): Spot | undefined {
    if (spot.frame.fn.id === id) return spot;
    for (let frame = spot.frame.outer; frame; frame = frame.outer) if (frame.fn.id === id) return { frame, depth: spot.depth };
    return undefined;
  }
}

/** Whether a parameter, or a property of one, is what the call that is followed does not give. */
function leftOut(value: Value, { frame, call }: Spot): boolean {
  if (!call) return false;
  const [name, ...path] = chainOf(value) ?? [];
  const index = frame.fn.params.findIndex((p) => p.pattern.kind === "name" && p.pattern.name === name);
  const param = frame.fn.params[index];
  if (!param || param.rest || call.args.slice(0, index + 1).some((a) => a.kind === "spread")) return false;
  const given = call.args[index] ?? param.default;
  if (given === undefined) return true;
  return path.length === 1 && given.kind === "object" && !given.properties.some((p) => p.spread || p.key === undefined || p.key === path[0]);
}

function said(says: string, call: CallValue | NewValue, spot: Spot): Evidence {
  return { says, place: { path: spot.frame.path, at: call.callee.at, end: call.callee.end } };
}

function decidedByCaller(binding: Binding & { kind: "parameter" }, spot: Spot): Size {
  return { is: "unbounded", evidence: [{ says: "whoever calls decides how many", place: placeOf(binding, spot) }], byCaller: true };
}

function placeOf(binding: Binding & { kind: "parameter" }, spot: Spot): { path: string; at: number; end: number } {
  const param = binding.fn.params[binding.index];
  return { path: spot.frame.path, at: param?.at ?? binding.fn.nameAt, end: param?.end ?? binding.fn.nameEnd };
}
