/** What a field of an object holds: its initialiser, what the constructor or another method puts there, or its declared type. */
import type { CallValue, ClassFact, FunctionFact, ParamFact } from "../../syntax/summary.ts";
import { anyOf, type ClassKey, type Frame, type Traced, type TracedSelf } from "./traced.ts";
import { callFrame, isPlain } from "./frames.ts";
import type { Tracer } from "./tracer.ts";
import { valueOfType } from "./types.ts";
import { walkInstructions } from "./walk.ts";

/** Undefined where the class has no such field. */
export function fieldOfSelf(tracer: Tracer, self: TracedSelf, fact: ClassFact, key: ClassKey, name: string): Traced | undefined {
  const values: Traced[] = [];
  const field = fact.fields.find((f) => !f.isStatic && f.name === name);
  const classFrame = selfFrame(tracer, self, fact, key);
  if (field?.value && classFrame) values.push(tracer.trace(field.value, classFrame));
  const constructor = fact.constructorId >= 0 ? tracer.fn({ path: key.path, id: fact.constructorId }) : undefined;
  const property = constructor?.params.findIndex((p) => p.property && p.pattern.kind === "name" && p.pattern.name === name) ?? -1;
  const param = constructor?.params[property];
  if (constructor && param) values.push(injected(tracer, self, key, constructor, property, param, name));
  for (const { value, fn } of tracer.view(key.path).assigned(fact, name)) {
    const frame = fn.id === fact.constructorId ? constructorFrame(tracer, self, key, fn) : tracer.frame({ path: key.path, id: fn.id });
    if (frame) values.push(tracer.trace(value, frame));
  }
  const known = values.filter((v) => v.is !== "unknown" && !(v.is === "const" && v.value === null));
  const vague = known.every((v) => v.is === "result" || v.is === "foreign" || (v.is === "parameter" && !v.typed));
  if (vague && field?.type) {
    const typed = decorated(tracer, valueOfType(tracer, field.type, key.path, `this.${name}`), key, field.decorators);
    if (typed.is !== "unknown" && (typed.is !== "record" || known.length === 0)) known.push(typed);
  }
  if (known.length > 0) return named(anyOf(known.some((v) => v.is !== "result") ? known.filter((v) => v.is !== "result") : known), `this.${name}`);
  return field || param || values.length > 0 ? anyOf(values) : undefined;
}

/** A parameter property: what `new` gave, else what its type and decorators say a container injects. */
function injected(tracer: Tracer, self: TracedSelf, key: ClassKey, fn: FunctionFact, index: number, param: ParamFact, name: string): Traced {
  const given = constructorFrame(tracer, self, key, fn)?.args?.[index];
  if (given && given.is !== "unknown") return given;
  if (!param.type) return { is: "parameter", ref: { path: key.path, id: fn.id }, index, path: [], name };
  const typed = decorated(tracer, valueOfType(tracer, param.type, key.path, `this.${name}`), key, param.decorators);
  if (typed.is !== "unknown" && typed.is !== "record") return typed;
  return { is: "parameter", ref: { path: key.path, id: fn.id }, index, path: [], name, ...(typed.is === "record" ? { typed } : {}) };
}

/** Keeps on an instance which class it is injected into, and by which token. */
function decorated(tracer: Tracer, traced: Traced, key: ClassKey, decorators: ParamFact["decorators"]): Traced {
  if (traced.is !== "instance") return traced;
  const token = queueName(tracer, key, decorators) ?? decorators.flatMap((d) => d.args ?? []).flatMap((a) => (a.kind === "const" && typeof a.value === "string" ? [a.value] : a.kind === "name" ? [a.name] : a.kind === "member" && a.of.kind === "name" ? [/^(?:name|KEY)$/.test(a.name) ? a.of.name : a.name] : []))[0];
  const entity = traced.origin.entity ?? (token !== undefined && /^Inject(Repository|Model)$/.test(decorators[0]?.name ?? "") ? token : undefined);
  return { is: "instance", origin: { ...traced.origin, injectedInto: key, ...(token === undefined ? {} : { token }), ...(entity === undefined ? {} : { entity }) } };
}

/** `@InjectQueue(MAILS)`: the token is the queue's own name, so the constant's value counts. */
function queueName(tracer: Tracer, key: ClassKey, decorators: ParamFact["decorators"]): string | undefined {
  const arg = decorators.find((decorator) => decorator.name === "InjectQueue")?.args?.[0];
  const frame = arg && tracer.frame({ path: key.path, id: Math.max(tracer.class(key)?.parent ?? 0, 0) });
  const traced = frame && tracer.trace(arg, frame);
  return traced?.is === "const" && typeof traced.value === "string" ? traced.value : undefined;
}

function named(traced: Traced, name: string): Traced {
  return traced.is === "instance" && traced.origin.entity === undefined ? { is: "instance", origin: { ...traced.origin, name } } : traced;
}

function selfFrame(tracer: Tracer, self: TracedSelf, fact: ClassFact, key: ClassKey): Frame | undefined {
  const constructor = fact.constructorId >= 0 ? tracer.fn({ path: key.path, id: fact.constructorId }) : undefined;
  if (constructor) return constructorFrame(tracer, self, key, constructor);
  const base = tracer.frame({ path: key.path, id: Math.max(fact.parent, 0) });
  return base && { ...base, self, particular: !isPlain(self, key) || base.particular, depth: base.depth + 1 };
}

function constructorFrame(tracer: Tracer, self: TracedSelf, key: ClassKey, fn: FunctionFact): Frame | undefined {
  const ref = { path: key.path, id: fn.id };
  const given = givenTo(tracer, self, key, 0);
  return given ? callFrame(tracer, ref, { ...given, self }) : tracer.frame(ref);
}

interface Given {
  readonly args: readonly Traced[];
  readonly depth: number;
}

/** What the constructor of a class, or of a base class by `super(…)`, is given where an object of `self` is made. */
function givenTo(tracer: Tracer, self: TracedSelf, key: ClassKey, climbed: number): Given | undefined {
  if (isSame(self.class, key)) {
    if (!self.made || self.made.frame.depth > 12) return undefined;
    const { call, frame } = self.made;
    return { args: call.args.map((arg) => tracer.trace(arg, frame)), depth: frame.depth };
  }
  const below = climbed > 6 ? undefined : derivedFrom(tracer, self.class, key);
  const fact = below && tracer.class(below);
  if (!below || !fact) return undefined;
  const constructor = fact.constructorId < 0 ? undefined : tracer.fn({ path: below.path, id: fact.constructorId });
  if (!constructor) return givenTo(tracer, self, below, climbed + 1);
  const call = superCall(constructor);
  const given = givenTo(tracer, self, below, climbed + 1);
  const ref = { path: below.path, id: constructor.id };
  const frame = given ? callFrame(tracer, ref, { ...given, self }) : tracer.frame(ref);
  return call && frame && { args: call.args.map((arg) => tracer.trace(arg, frame)), depth: frame.depth };
}

function isSame(a: ClassKey, b: ClassKey): boolean {
  return a.id === b.id && a.path === b.path;
}

/** Of a class and those that it extends the one whose base class `key` is. */
function derivedFrom(tracer: Tracer, start: ClassKey, key: ClassKey): ClassKey | undefined {
  for (let at: ClassKey | undefined = start, climbed = 0; at && climbed < 6; climbed++) {
    const fact = tracer.class(at);
    const base: Traced | undefined = fact && tracer.superOf(fact, at);
    if (base?.is !== "self") return undefined;
    if (isSame(base.class, key)) return at;
    at = base.class;
  }
  return undefined;
}

export function superCall(constructor: FunctionFact): CallValue | undefined {
  if (!constructor.calls.includes("super")) return undefined;
  let found: CallValue | undefined;
  walkInstructions(constructor.body, (step) => {
    if (step.kind === "evaluate" && step.value.kind === "call" && step.value.callee.kind === "name" && step.value.callee.name === "super") found ??= step.value;
  });
  return found;
}
