/** Options that a module is given by a factory, a value or a class: `registerAsync({ useFactory: () => options })`. */
import { returnValues } from "./calls.ts";
import { frameOf } from "./frames.ts";
import { readOption } from "./options.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

/** The options that stand behind `useFactory`, or behind the method that makes them in the class of `useClass`; else the options themselves. */
export function optionsMade(tracer: Tracer, options: Traced): Traced {
  const factory = readOption(tracer, options, "useFactory");
  if (factory.is === "set") return factoryResult(tracer, factory.value);
  for (const key of ["useClass", "useExisting"]) {
    const read = readOption(tracer, options, key);
    if (read.is === "set" && read.value.is === "class") return madeByClass(tracer, read.value) ?? options;
  }
  return options;
}

/** What a factory gives; anything else stands for itself. */
export function factoryResult(tracer: Tracer, factory: Traced): Traced {
  const [fn] = possibilities(factory).filter((each) => each.is === "function");
  if (fn?.is !== "function") return factory;
  const own = tracer.frame(fn.ref);
  // What the function around it was called with holds inside it as well.
  const around = own && fn.frame.particular ? frameOf(fn.frame, own.fn.parent) : undefined;
  const frame = own && around ? { path: own.path, fn: own.fn, outer: around, particular: true, depth: around.depth + 1 } : own;
  return (frame && returned(tracer, frame)) ?? factory;
}

/** NestJS asks the class for its options: `createTypeOrmOptions()`. */
function madeByClass(tracer: Tracer, { class: key }: Traced & { is: "class" }): Traced | undefined {
  const summary = tracer.view(key.path).summary;
  const members = tracer.class(key)?.members.flatMap((id) => summary?.functions[id] ?? []) ?? [];
  const maker = members.find((fn) => /^create\w*Options$/.test(fn.name.split(".").at(-1) ?? ""));
  const frame = maker && tracer.frame({ path: key.path, id: maker.id });
  return frame && returned(tracer, frame);
}

function returned(tracer: Tracer, frame: Frame): Traced | undefined {
  const made = returnValues(frame.fn).flatMap((value) => possibilities(tracer.trace(value, frame)));
  return made.find((each) => each.is === "object" || each.is === "instance") ?? made.find((each) => each.is === "result");
}
