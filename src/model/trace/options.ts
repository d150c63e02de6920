/** Option objects: what stands at a property path, and whether callers decide it. */
import type { Value } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import { propertyOf } from "./members.ts";
import { type Frame, possibilities, type Traced, type TracedParameter } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

export type Read =
  | { readonly is: "set"; readonly value: Traced; readonly place: Place | undefined }
  | { readonly is: "absent" }
  /** The object (or the value in it) comes from a parameter. */
  | { readonly is: "parameter"; readonly parameter: TracedParameter; /** Where the value is the parameter; absent where the object that holds it is. */ readonly place?: Place }
  | { readonly is: "unknown" };

/** What `object.path` is. */
export function readOption(tracer: Tracer, object: Traced, path: string): Read {
  return readPath(tracer, object, path.split("."));
}

function readPath(tracer: Tracer, object: Traced, path: readonly string[]): Read {
  const [head, ...rest] = path;
  if (head === undefined) return judge(object, undefined);
  const reads = possibilities(object).map((one) => readOne(tracer, one, head, rest));
  // A branch that sets it and one that does not: present is enough to stay silent.
  return reads.find((r) => r.is === "set") ?? reads.find((r) => r.is === "parameter") ?? reads.find((r) => r.is === "unknown") ?? { is: "absent" };
}

function readOne(tracer: Tracer, object: Traced, head: string, rest: readonly string[]): Read {
  switch (object.is) {
    case "object":
      return tracer.open(object.value, () => inObject(tracer, object, head, rest)) ?? { is: "absent" };
    case "const":
      return { is: "absent" };
    case "parameter":
      return { is: "parameter", parameter: object };
    case "self":
    case "module":
    case "export": {
      const value = propertyOf(tracer, object, head);
      return value.is === "unknown" || value.is === "foreign" ? { is: "unknown" } : rest.length === 0 ? judge(value, undefined) : readPath(tracer, value, rest);
    }
    default:
      return { is: "unknown" };
  }
}

function inObject(tracer: Tracer, object: Traced & { is: "object" }, head: string, rest: readonly string[]): Read {
  let open: Read = { is: "absent" };
  for (let i = object.value.properties.length - 1; i >= 0; i--) {
    const property = object.value.properties[i];
    if (!property) continue;
    if (property.key === head) {
      const value = tracer.trace(property.value, object.frame);
      const own = rest.length === 0 ? judge(value, { path: object.frame.path, at: property.at, end: property.end }) : readPath(tracer, value, rest);
      // `{ timeout: 5000, ...options }`: set, unless an option of the caller takes its place.
      return own.is === "set" || open.is === "absent" ? own : open;
    }
    if (property.spread) {
      const inner = readPath(tracer, tracer.trace(property.value, object.frame), [head, ...rest]);
      if (inner.is === "set") return inner;
      if (inner.is !== "absent" && open.is === "absent") open = inner;
    } else if (property.key === undefined && open.is === "absent") open = { is: "unknown" };
  }
  return open;
}

function judge(value: Traced, place: Place | undefined): Read {
  if (value.is === "const" && value.value === null) return { is: "absent" };
  if (value.is === "parameter") return { is: "parameter", parameter: value, ...(place ? { place } : {}) };
  if (value.is === "any") {
    const parameter = value.of.find((v) => v.is === "parameter");
    const others = value.of.filter((v) => v.is !== "parameter" && !(v.is === "const" && v.value === null));
    if (others.length > 0) return { is: "set", value: others[0] ?? value, place };
    if (parameter?.is === "parameter") return { is: "parameter", parameter };
  }
  return { is: "set", value, place };
}

/** A number of milliseconds, where the value is known. */
export function numberOf(value: Traced): number | undefined {
  if (value.is === "const" && typeof value.value === "number") return value.value;
  if (value.is === "text" && value.text.length === 1) {
    const [part] = value.text;
    const known = part?.is === "known" ? part.text : undefined;
    return known !== undefined && known.trim() !== "" && Number.isFinite(Number(known)) ? Number(known) : undefined;
  }
  return undefined;
}

/** The value of an argument; undefined where it is not given. */
export function traceArgument(tracer: Tracer, args: readonly Value[], index: number, frame: Frame): Traced | undefined {
  const arg = args[index < 0 ? args.length + index : index];
  return arg && tracer.trace(arg, frame);
}
