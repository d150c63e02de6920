/** Frames: where an expression stands, and what is known of the variables around it. */
import type { FunctionRef } from "../knowledge.ts";
import type { ClassKey, Frame, Traced, TracedSelf } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** The frame of function `id` among a frame and those around it. */
export function frameOf(frame: Frame, id: number): Frame | undefined {
  for (let f: Frame | undefined = frame; f; f = f.outer) if (f.fn.id === id) return f;
  return undefined;
}

/** A frame for one call of a function with what is known of its arguments. */
export function callFrame(tracer: Tracer, ref: FunctionRef, from: { frame?: Frame; self?: TracedSelf; args: readonly (Traced | undefined)[]; depth: number; entered?: Frame["entered"] }): Frame | undefined {
  const base = tracer.frame(ref);
  if (!base) return undefined;
  const outer = from.frame && from.frame.path === ref.path ? (frameOf(from.frame, base.fn.parent) ?? base.outer) : base.outer;
  return {
    path: base.path,
    fn: base.fn,
    args: from.args,
    particular: true,
    depth: from.depth + 1,
    ...(outer ? { outer } : {}),
    ...(from.self ? { self: from.self } : {}),
    ...(from.entered ? { entered: from.entered } : {}),
  };
}

/** Nothing more is known of an object than that it is one of this very class: what is found holds for all of them. */
export function isPlain(self: TracedSelf, key: ClassKey): boolean {
  return self.made === undefined && self.class.id === key.id && self.class.path === key.path;
}
