/** What a declaration makes of the value that it is given. */
import type { Declared } from "./bindings.ts";
import { anyOf, type Traced, unknown } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

export function elementOf(tracer: Tracer, whole: Traced): Traced {
  if (whole.is === "array") return anyOf(whole.value.items.slice(0, 8).map((item) => tracer.trace(item, whole.frame)));
  // A list in one string (`TOPICS=orders,payments`) is taken apart by whoever reads it.
  if (whole.is === "text") return whole;
  if (whole.is === "parameter") return { is: "parameter", ref: whole.ref, index: whole.index, path: [...whole.path, "[]"], name: whole.name };
  return unknown("an element of something unknown");
}

/** A client goes by the name of the variable that it is made for. */
export function namedAfter(traced: Traced, d: Declared): Traced {
  const made = d.value?.kind === "await" ? d.value.of : d.value;
  if (traced.is !== "instance" || traced.origin.call !== made || d.by?.pattern.kind !== "name") return traced;
  return { is: "instance", origin: { ...traced.origin, name: d.by.pattern.name } };
}

export function patternName(d: Declared): string {
  return d.by?.pattern.kind === "name" ? d.by.pattern.name : "";
}
