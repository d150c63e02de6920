/** What a call or `new` gives back. */
import type { Arg, Shape } from "../../catalog/library.ts";
import type { CallValue, FunctionFact, Instruction, NewValue, Value } from "../../syntax/summary.ts";
import { callShape, defaultOrigin, locate, typeFacts } from "./members.ts";
import { configured, validated } from "./settings.ts";
import { textResult } from "./text-methods.ts";
import { textIn } from "./text-of.ts";
import { anyOf, type Frame, type Origin, possibilities, type Traced, type TracedFunction, unknown } from "./traced.ts";
import { callFrame, frameOf } from "./frames.ts";
import type { Tracer } from "./tracer.ts";
import { childBlocks, chainOf } from "./walk.ts";

const MAX_CALL_DEPTH = 5;

export function resultOf(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Traced {
  const text = textResult(tracer, call, frame) ?? (call.kind === "call" ? configured(tracer, call, frame) : undefined);
  if (text) return text;
  const callees = possibilities(calleeOf(tracer, call, frame));
  const result = anyOf(callees.map((callee) => resultOfOne(tracer, callee, call, frame)));
  // Whatever a library's call makes of the environment, it is still the environment.
  return result.is === "result" && (result.of.is !== "function" || result.call !== call) ? (validated(tracer, call, frame) ?? result) : result;
}

/** What is called; `x.bind(y)`, `.call` and `.apply` are `x` itself. */
export function calleeOf(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Traced {
  return tracer.trace(call.callee, frame);
}

function resultOfOne(tracer: Tracer, callee: Traced, call: CallValue | NewValue, frame: Frame): Traced {
  const name = nameOfResult(call);
  switch (callee.is) {
    case "class":
      return call.kind === "new" ? { is: "self", class: callee.class, made: { call, frame } } : unknown("a class called without new");
    case "function":
      if (call.callee.kind === "member" && call.callee.name === "bind") return callee;
      return returned(tracer, callee, call, frame);
    case "export":
      // `express()`, `fastify()`: the default instance is itself a function that makes one.
      if (callee.shape.is === "instance" && madeBy(tracer, defaultOrigin(callee), call)) return resultOfOne(tracer, { is: "instance", origin: defaultOrigin(callee) }, call, frame);
      return ofShape(tracer, callee.shape, call, frame, { library: callee.library, name, exportName: callee.name, origin: undefined });
    case "method": {
      if (call.callee.kind === "member" && call.callee.name === "bind") return callee;
      return callee.shape ? ofShape(tracer, callee.shape, call, frame, { library: callee.origin.library, name, exportName: callee.name, origin: callee.origin }) : { is: "result", of: callee, call, frame };
    }
    case "instance": {
      const shape = madeBy(tracer, callee.origin, call);
      return shape ? ofShape(tracer, shape, call, frame, { library: callee.origin.library, name, exportName: callee.origin.name, origin: callee.origin }) : { is: "result", of: callee, call, frame };
    }
    case "foreign":
      return foreignResult(tracer, callee, call, frame);
    default:
      return { is: "result", of: callee, call, frame };
  }
}

/** What calling an instance, or making one of it, gives by the catalog. */
function madeBy(tracer: Tracer, origin: Origin, call: CallValue | NewValue): Shape | undefined {
  return call.kind === "new" ? typeFacts(tracer, origin)?.construct : callShape(tracer, origin, call);
}

interface Called {
  readonly library: Origin["library"];
  readonly name: string;
  readonly exportName: string;
  /** The instance that it was called on. */
  readonly origin: Origin | undefined;
}

function ofShape(tracer: Tracer, shape: Shape, call: CallValue | NewValue, frame: Frame, called: Called): Traced {
  switch (shape.is) {
    case "factory":
    case "class": {
      const at = locate(tracer, { library: called.library }, shape.type);
      const entity = entityMade(tracer, shape, call, frame, called);
      return {
        is: "instance",
        origin: {
          library: at.library,
          type: at.type,
          name: called.name,
          place: { path: frame.path, at: call.at, end: call.end },
          call,
          frame,
          confidence: called.origin?.confidence ?? "certain",
          ...(shape.options === undefined ? {} : { options: shape.options }),
          ...(shape.target === undefined ? {} : { target: shape.target }),
          ...(shape.is === "factory" && shape.database ? { database: shape.database } : {}),
          ...(shape.policy ? { policy: shape.policy } : {}),
          ...(shape.is === "factory" && shape.combines ? { combines: true } : {}),
          ...(called.origin ? { parent: called.origin } : {}),
          ...(entity === undefined ? {} : { entity }),
        },
      };
    }
    case "self":
      return called.origin ? { is: "instance", origin: called.origin } : unknown("called on nothing");
    case "instance": {
      const origin = defaultOrigin({ is: "export", library: called.library, name: called.exportName, shape });
      // `express()` makes an application; `fetch()` and its kind are told by the call itself.
      const made = call.kind === "new" ? typeFacts(tracer, origin)?.construct : callShape(tracer, origin, call);
      return made?.is === "factory" || made?.is === "class" ? ofShape(tracer, made, call, frame, { ...called, origin: undefined }) : { is: "instance", origin };
    }
    case "pass": {
      const arg = call.args[shape.arg];
      return arg ? tracer.trace(arg, frame) : unknown("nothing is passed");
    }
    case "resolved": {
      const asked = call.args[shape.arg];
      return asked ? anyOf(possibilities(tracer.trace(asked, frame)).map((one) => objectOf(tracer, one, called.name))) : unknown("nothing is asked for");
    }
    case "environment": {
      const nameText = constOf(tracer, call.args[shape.name], frame);
      if (typeof nameText !== "string") return unknown("the name is computed");
      const loaded = shape.loaded === true ? tracer.loaded(frame.path, nameText) : undefined;
      if (loaded !== undefined) return loaded;
      const fallback = shape.default === undefined ? undefined : call.args[shape.default];
      return { is: "text", text: [{ is: "env", name: nameText, ...(fallback ? { fallback: textIn(tracer, fallback, frame) } : {}) }] };
    }
    case "call":
      if (shape.call.yields !== undefined) {
        const at = locate(tracer, { library: called.library }, shape.call.yields);
        const entity = shape.call.entity ? entityOf(tracer, shape.call.entity, call, frame) : called.origin?.entity;
        return { is: "instance", origin: { library: at.library, type: at.type, name: called.name, call, frame, confidence: called.origin?.confidence ?? "certain", ...(called.origin ? { parent: called.origin } : {}), ...(entity === undefined ? {} : { entity }) } };
      }
      return { is: "result", of: called.origin ? { is: "instance", origin: called.origin } : { is: "export", library: called.library, name: called.exportName, shape }, call, frame };
    default:
      return { is: "result", of: called.origin ? { is: "method", origin: called.origin, name: called.exportName, shape } : { is: "export", library: called.library, name: called.exportName, shape }, call, frame };
  }
}

/** What a container gives for a class. */
function objectOf(tracer: Tracer, asked: Traced, name: string): Traced {
  if (asked.is === "class") return { is: "self", class: asked.class };
  if (asked.is === "export" && asked.shape.is === "class") return { is: "instance", origin: { ...locate(tracer, asked, asked.shape.type), name, confidence: "certain" } };
  return unknown("a container gives it");
}

/** The table, collection or queue that a made instance stands for. */
function entityMade(tracer: Tracer, shape: Shape & { is: "factory" | "class" }, call: CallValue | NewValue, frame: Frame, called: Called): string | undefined {
  const { entity } = shape;
  if (entity === undefined) return undefined;
  if (entity === "receiver") return called.origin?.entity;
  if (entity === "class-name") return called.exportName;
  if (entity === "type-argument") return call.typeArgs[0]?.kind === "name" ? call.typeArgs[0].name : undefined;
  return entityOf(tracer, entity, call, frame);
}

function entityOf(tracer: Tracer, at: Arg, call: CallValue | NewValue, frame: Frame): string | undefined {
  const arg = argumentAt(call, at.arg);
  if (!arg) return undefined;
  if (at.path !== undefined && arg.kind === "object") {
    const inner = at.path.split("|").flatMap((path) => arg.properties.filter((p) => p.key === path).map((p) => p.value))[0];
    const text = inner && constOf(tracer, inner, frame);
    return typeof text === "string" ? text : undefined;
  }
  const known = constOf(tracer, arg, frame);
  if (typeof known === "string") return known;
  const chain = chainOf(arg);
  return chain && /^[A-Z]/.test(chain[chain.length - 1] ?? "") ? chain[chain.length - 1] : undefined;
}

/** An argument by index; negative indices count from the last. */
export function argumentAt(call: CallValue | NewValue, index: number): Value | undefined {
  return call.args[index < 0 ? call.args.length + index : index];
}

export function constOf(tracer: Tracer, value: Value | undefined, frame: Frame): string | number | boolean | null | undefined {
  if (!value) return undefined;
  const traced = tracer.trace(value, frame);
  if (traced.is === "const") return traced.value;
  if (traced.is === "text" && traced.text.every((p) => p.is === "known")) return traced.text.map((p) => (p.is === "known" ? p.text : "")).join("");
  return undefined;
}

/** A library that is not catalogued: promisify-like hand-throughs and gRPC-style constructors are told by what they are given. */
function foreignResult(tracer: Tracer, callee: Traced & { is: "foreign" }, call: CallValue | NewValue, frame: Frame): Traced {
  // Conversions, and what gives back the very object that it is given, or one like it.
  if (callee.package === "global" && /^(?:Number|String|parseInt|parseFloat|Boolean|structuredClone|Object\.(?:freeze|seal|preventExtensions)|Promise\.resolve)$/.test(callee.name)) {
    const [first] = call.args;
    return first ? tracer.trace(first, frame) : unknown("nothing is given");
  }
  const implied = call.kind === "new" || call.kind === "call" ? impliedInstance(tracer, call, frame) : undefined;
  return implied ?? { is: "result", of: callee, call, frame };
}

/** `new AnyClient(address, credentials)`: an argument that says what takes it. */
export function impliedInstance(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Traced | undefined {
  for (const arg of call.args.slice(0, 3)) {
    if (arg.kind !== "call" && arg.kind !== "name") continue;
    for (const traced of possibilities(tracer.trace(arg, frame))) {
      if (traced.is !== "instance") continue;
      const implies = traced.origin.library.types[traced.origin.type]?.implies;
      if (implies === undefined) continue;
      const at = locate(tracer, traced.origin, implies);
      return { is: "instance", origin: { library: at.library, type: at.type, name: nameOfResult(call), place: { path: frame.path, at: call.at, end: call.end }, call, frame, confidence: "certain" } };
    }
  }
  return undefined;
}

function nameOfResult(call: CallValue | NewValue): string {
  return chainOf(call.callee)?.join(".") ?? "it";
}

/** What a function of the workspace returns for these arguments. */
function returned(tracer: Tracer, callee: TracedFunction, call: CallValue | NewValue, frame: Frame): Traced {
  const fn = tracer.fn(callee.ref);
  if (!fn || frame.depth > MAX_CALL_DEPTH) return { is: "result", of: callee, call, frame };
  const inner = enterIfTelling(tracer, callee, call, frame);
  if (!inner) return { is: "result", of: callee, call, frame };
  const values = returnValues(fn);
  if (values.length === 0) return { is: "result", of: callee, call, frame };
  const traced = anyOf(values.map((value) => tracer.trace(value, inner)));
  return traced.is === "unknown" || (traced.is === "any" && traced.of.every((t) => t.is === "unknown")) ? { is: "result", of: callee, call, frame } : traced;
}

/** A frame of its own only where the arguments tell something: all other calls of a function share what is found for it once. */
function enterIfTelling(tracer: Tracer, callee: TracedFunction, call: CallValue | NewValue, frame: Frame): Frame | undefined {
  const base = tracer.frame(callee.ref);
  const ownClass = callee.self === undefined || (callee.self.made === undefined && base?.fn.classId === callee.self.class.id && callee.ref.path === callee.self.class.path);
  if (base && ownClass && !callee.frame.particular && !call.args.some((arg) => tells(tracer, arg, frame))) return base;
  return enter(tracer, callee, call, frame);
}

function tells(tracer: Tracer, arg: Value, frame: Frame): boolean {
  if (arg.kind === "object" || arg.kind === "function") return true;
  if (arg.kind === "spread") return handedOn(tracer, arg.of, frame).some((traced) => traced !== undefined && isTelling(traced));
  return isTelling(tracer.trace(arg, frame));
}

function isTelling(traced: Traced): boolean {
  switch (traced.is) {
    case "object":
    case "array":
    case "function":
    case "class":
    case "instance":
    case "export":
    case "method":
    case "text":
      return true;
    case "self":
      return traced.made !== undefined;
    case "const":
      return typeof traced.value === "string";
    default:
      return false;
  }
}

/** The frame in which a called function runs, with what is known of its arguments. */
export function enter(tracer: Tracer, callee: TracedFunction, call: CallValue | NewValue, frame: Frame): Frame | undefined {
  const args: (Traced | undefined)[] = [];
  for (const arg of givenTo(tracer, callee, call)) {
    if (arg.kind === "spread") {
      args.push(...handedOn(tracer, arg.of, frame));
      break;
    }
    args.push(tracer.trace(arg, frame));
  }
  return callFrame(tracer, callee.ref, { args, frame: callee.frame, depth: frame.depth, entered: { call, frame }, ...(callee.self ? { self: callee.self } : {}) });
}

/** `method.call(self, first, …)`: what comes first is no argument. */
function givenTo(tracer: Tracer, callee: TracedFunction, call: CallValue | NewValue): readonly Value[] {
  const isByCall = call.callee.kind === "member" && call.callee.name === "call" && tracer.fn(callee.ref)?.name !== "call";
  return isByCall ? call.args.slice(1) : call.args;
}

/** `(...args) => method(...args)` hands on what it is given. */
function handedOn(tracer: Tracer, value: Value, frame: Frame): readonly (Traced | undefined)[] {
  if (value.kind !== "name") return [];
  const binding = tracer.view(frame.path).lookup(value.name, frame.fn, value.at);
  if (binding?.kind !== "parameter" || binding.fn.params[binding.index]?.rest !== true) return [];
  return frameOf(frame, binding.fn.id)?.args?.slice(binding.index) ?? [];
}

const returnsMemo = new WeakMap<FunctionFact, readonly Value[]>();

export function returnValues(fn: FunctionFact): readonly Value[] {
  const known = returnsMemo.get(fn);
  if (known) return known;
  const found: Value[] = [];
  const block = (body: readonly Instruction[]): void => {
    for (const step of body) {
      if (step.kind === "return" && step.value) found.push(step.value);
      for (const inner of childBlocks(step)) block(inner);
    }
  };
  block(fn.body);
  returnsMemo.set(fn, found.slice(0, 6));
  return found.slice(0, 6);
}

