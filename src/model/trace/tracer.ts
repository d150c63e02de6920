/** Follows a value to what it is: through names, imports, re-exports, instances, fields, wrappers and calls. */
import type { Library, NamingConvention } from "../../catalog/library.ts";
import type { CallValue, ClassFact, ExportFact, FunctionFact, ImportFact, LoopInstruction, NewValue, ObjectValue, Value } from "../../syntax/summary.ts";
import type { FunctionRef } from "../knowledge.ts";
import { type Binding, type Bindings, bindingsOf, type Declared } from "./bindings.ts";
import { resultOf } from "./calls.ts";
import type { Called } from "./catalogued.ts";
import type { GraphEdge } from "./graph.ts";
import { elementOf, namedAfter, patternName } from "./declared-value.ts";
import { frameOf } from "./frames.ts";
import { classMember, memberOf, propertyOf } from "./members.ts";
import { Pending } from "./pending.ts";
import type { Layer } from "../policy.ts";
import type { RetryLoop } from "./retry-loop.ts";
import { textOf } from "./text-of.ts";
import { anyOf, type ClassKey, type Frame, type Traced, type TracedSelf, unknown } from "./traced.ts";
import { implementorsIn, valueOfType } from "./types.ts";
import type { World } from "./world.ts";

const MAX_DEPTH = 24;
/** Values that may wait for one another; deeper chains are no code that a reader could follow either. */
const MAX_NESTING = 240;
/** Values looked at for one question in frames of particular calls, where nothing is remembered. */
const MAX_STEPS = 1_500;
/** Values looked at for one question in all, those that go in circles counted each time. */
const MAX_LOOKS = 200_000;

/** One tracer lives as long as one snapshot of the workspace; it remembers what it found. */
export class Tracer {
  readonly world: World;
  private readonly bindings = new Map<string, Bindings>();
  private readonly frames = new Map<string, (Frame | undefined)[]>();
  private readonly memo = new Map<Value, Traced>();
  /** Answers of others that hold for this snapshot alone, for they follow values into other files. */
  readonly calls = new Map<CallValue | NewValue, Called | null>();
  readonly loops = new Map<LoopInstruction, RetryLoop | null>();
  readonly edgeLayers = new Map<GraphEdge, readonly Layer[]>();
  /** Values, variables and exports that are being followed. */
  private readonly pending = new Pending();
  private readonly conventions = new Map<string, readonly NamingConvention[]>();
  private steps = 0;
  private looks = 0;
  private readonly exportsMemo = new Map<string, Traced>();
  private readonly importsMemo = new Map<ImportFact, Traced>();
  private implementorIndex: ReadonlyMap<string, readonly ClassKey[]> | undefined;

  constructor(world: World) {
    this.world = world;
  }

  file(path: string): Bindings | undefined {
    const known = this.bindings.get(path);
    if (known) return known;
    const summary = this.world.files.get(path);
    if (!summary) return undefined;
    const made = bindingsOf(summary);
    this.bindings.set(path, made);
    return made;
  }

  fn(ref: FunctionRef): FunctionFact | undefined {
    return this.world.files.get(ref.path)?.functions[ref.id];
  }

  class(key: ClassKey): ClassFact | undefined {
    return this.world.files.get(key.path)?.classes[key.id];
  }

  /** The frame of a function with nothing known of its callers. */
  frame(ref: FunctionRef): Frame | undefined {
    let ofFile = this.frames.get(ref.path);
    const known = ofFile?.[ref.id];
    if (known) return known;
    const fn = this.fn(ref);
    if (!fn) return undefined;
    const outer = fn.parent >= 0 ? this.frame({ path: ref.path, id: fn.parent }) : undefined;
    const made: Frame = { path: ref.path, fn, particular: false, depth: 0, ...(outer ? { outer } : {}) };
    if (!ofFile) this.frames.set(ref.path, (ofFile = []));
    ofFile[ref.id] = made;
    return made;
  }

  trace(value: Value, frame: Frame): Traced {
    if (value.kind === "const") return { is: "const", value: value.value };
    if (frame.depth > MAX_DEPTH) return unknown("too deep to follow");
    const { pending } = this;
    const known = frame.particular ? undefined : this.memo.get(value);
    if (known && pending.mayUse(value)) return known;
    if (pending.comesBack(value)) return unknown("refers to itself");
    if (pending.depth === 0) this.steps = this.looks = 0;
    if (pending.depth > MAX_NESTING || ++this.looks > MAX_LOOKS) {
      pending.giveUp();
      return unknown("too deep to follow");
    }
    return frame.particular ? this.traceInCall(value, frame) : this.traceForAll(value, frame);
  }

  private traceInCall(value: Value, frame: Frame): Traced {
    if (++this.steps > MAX_STEPS) return unknown("too much to follow");
    this.pending.begin(value);
    const traced = this.evaluate(value, frame);
    this.pending.end(value);
    return traced;
  }

  /** What holds for every call of the function is found out once; it has steps of its own, so that it comes out alike whoever asks. */
  private traceForAll(value: Value, frame: Frame): Traced {
    const { steps } = this;
    this.steps = 0;
    this.pending.begin(value);
    const traced = this.evaluate(value, frame);
    if (this.pending.end(value)) this.memo.set(value, traced);
    this.steps = steps;
    return traced;
  }

  /** Naming conventions that a receiver's name fits. */
  conventionsFor(name: string): readonly NamingConvention[] {
    const known = this.conventions.get(name);
    if (known) return known;
    const found = this.world.catalog.conventions.filter((c) => new RegExp(`^(?:${c.receiver})$`, "i").test(name));
    this.conventions.set(name, found);
    return found;
  }

  /** Looks into an object literal; undefined where that very object is being looked into already (`x = { ...x, a }`). */
  open<T>(value: ObjectValue, look: () => T): T | undefined {
    const { properties } = value;
    if (this.pending.comesBack(properties)) return undefined;
    this.pending.begin(properties);
    const found = look();
    this.pending.end(properties);
    return found;
  }

  private evaluate(value: Value, frame: Frame): Traced {
    switch (value.kind) {
      case "const":
        return { is: "const", value: value.value };
      case "name":
        return this.name(value.name, frame, value.at);
      case "member":
        return memberOf(this, this.trace(value.of, frame), value.name, value, frame);
      case "index":
        return this.index(value.of, value.key, frame);
      case "object":
        return { is: "object", value, frame };
      case "array":
        return { is: "array", value, frame };
      case "function":
        return { is: "function", ref: { path: frame.path, id: value.id }, frame, ...(frame.self ? { self: frame.self } : {}) };
      case "class":
        return { is: "class", class: { path: frame.path, id: value.id } };
      case "call":
      case "new":
        return resultOf(this, value, frame);
      case "await":
        return this.trace(value.of, frame);
      case "conditional":
        return anyOf([this.trace(value.then, frame), this.trace(value.else, frame)]);
      case "assign":
        return this.trace(value.value, frame);
      case "binary":
      case "template":
      case "unary":
        return textOf(this, value, frame);
      case "require":
        return this.import(value.specifier, "*", frame.path);
      case "spread":
      case "yield":
      case "yield*":
      case "other":
        return unknown("not a form that is followed");
    }
  }

  private index(of: Value, key: Value, frame: Frame): Traced {
    const name = this.trace(key, frame);
    const base = this.trace(of, frame);
    if (name.is === "const" && (typeof name.value === "string" || typeof name.value === "number")) return propertyOf(this, base, String(name.value));
    if (base.is === "object") return anyOf(base.value.properties.map((p) => this.trace(p.value, base.frame)));
    return unknown("the key is computed");
  }

  /** What a name means where it is used. */
  name(name: string, frame: Frame, at: number): Traced {
    if (name === "this") return this.self(frame);
    if (name === "super") return this.super(frame);
    if (name === "undefined") return { is: "const", value: null };
    const binding = this.file(frame.path)?.lookup(name, frame.fn, at);
    if (binding) return this.binding(binding, name, frame);
    if (name === "process" || name === "globalThis") return { is: "foreign", package: "global", name };
    const shape = this.world.catalog.global(name);
    const library = shape && this.world.catalog.find("global");
    if (shape && library) return { is: "export", library, name, shape };
    return { is: "foreign", package: "global", name };
  }

  private self(frame: Frame): Traced {
    for (let f: Frame | undefined = frame; f; f = f.outer) {
      if (f.self) return f.self;
      if (f.fn.classId >= 0 && f.fn.kind !== "arrow" && f.fn.kind !== "function") {
        const key: ClassKey = { path: f.path, id: f.fn.classId };
        return f.fn.isStatic ? { is: "class", class: key } : { is: "self", class: key };
      }
      if (f.fn.classId >= 0 && f.fn.kind === "arrow") return { is: "self", class: { path: f.path, id: f.fn.classId } };
      const initialised = f.fn.kind === "arrow" ? this.classOfInitialiser(f) : undefined;
      if (initialised) return initialised;
    }
    return unknown("this is not bound to a class");
  }

  /** An arrow function written in a field's initialiser (`breaker = new Breaker(() => this.call())`). */
  private classOfInitialiser({ path, fn }: Frame): Traced | undefined {
    for (const fact of this.world.files.get(path)?.classes ?? []) {
      if (fact.parent !== fn.parent || fn.at < fact.at || fact.end < fn.end) continue;
      const field = fact.fields.find((each) => each.value !== undefined && each.at <= fn.at && fn.end <= each.end);
      if (field) return field.isStatic ? { is: "class", class: { path, id: fact.id } } : { is: "self", class: { path, id: fact.id } };
    }
    return undefined;
  }

  private super(frame: Frame): Traced {
    const self = this.self(frame);
    if (self.is !== "self") return unknown("super outside a class");
    const fact = this.class(self.class);
    return fact?.extends ? this.superOf(fact, self.class) : unknown("no base class");
  }

  superOf(fact: ClassFact, key: ClassKey): Traced {
    const frame = this.frame({ path: key.path, id: Math.max(fact.parent, 0) });
    if (!fact.extends || !frame) return unknown("no base class");
    const base = this.trace(fact.extends, frame);
    if (base.is === "class") return { is: "self", class: base.class };
    if (base.is === "export" && base.shape.is === "class") {
      return { is: "instance", origin: { library: base.library, type: base.shape.type, name: fact.name, confidence: "certain" } };
    }
    return base.is === "foreign" ? base : unknown("the base class is not known");
  }

  private binding(binding: Binding, name: string, frame: Frame): Traced {
    switch (binding.kind) {
      case "function":
        return this.functionValue(binding.fn, frame);
      case "class":
        return { is: "class", class: { path: frame.path, id: binding.class.id } };
      case "import":
        return this.imported(binding.import, frame.path);
      case "type":
        return binding.type.kind === "enum" ? { is: "module", path: `${frame.path}::enum::${name}` } : unknown("a type is no value");
      case "parameter":
        return this.parameter(binding.fn, binding.index, binding.path, name, frame, binding.fallback);
      case "variable":
        return this.variable(binding.declarations, binding.assigned.filter((a) => a.op === "=" || a.op === "??=" || a.op === "||=").map((a) => ({ value: a.value, fn: a.fn })), frame);
    }
  }

  private functionValue(fn: FunctionFact, frame: Frame): Traced {
    const outer = frameOf(frame, fn.parent) ?? this.frame({ path: frame.path, id: Math.max(fn.parent, 0) });
    return outer ? { is: "function", ref: { path: frame.path, id: fn.id }, frame: outer } : unknown("no such function");
  }

  private variable(declared: readonly Declared[], assigned: readonly { value: Value; fn: FunctionFact }[], frame: Frame): Traced {
    const [first] = declared;
    if (!first) return unknown("nothing is declared");
    // `query = query.where(…)`, again and again: the variable is looked at once.
    if (this.pending.comesBack(first)) return unknown("refers to itself");
    this.pending.begin(first);
    const traced = this.variableValue(declared, assigned, frame);
    this.pending.end(first);
    return traced;
  }

  private variableValue(declared: readonly Declared[], assigned: readonly { value: Value; fn: FunctionFact }[], frame: Frame): Traced {
    const values: Traced[] = [];
    for (const d of declared) {
      const at = frameOf(frame, d.fn.id) ?? this.frame({ path: frame.path, id: d.fn.id });
      if (!at) continue;
      if (d.value) {
        const whole = this.trace(d.value, at);
        let part = d.element ? elementOf(this, whole) : whole;
        for (const key of d.path) part = propertyOf(this, part, key);
        if (part.is === "unknown" && d.fallback) part = this.trace(d.fallback, at);
        values.push(namedAfter(part, d));
      }
      if (d.by?.type && (values.length === 0 || values.every((v) => v.is === "unknown" || v.is === "result"))) {
        const typed = valueOfType(this, d.by.type, frame.path, d.path.length === 0 ? patternName(d) : "");
        if (typed.is !== "unknown") values.push(typed);
      }
    }
    for (const a of assigned) {
      const at = frameOf(frame, a.fn.id) ?? this.frame({ path: frame.path, id: a.fn.id });
      if (at && !(a.value.kind === "const" && a.value.value === null)) values.push(this.trace(a.value, at));
    }
    return anyOf(values.filter((v, _, all) => all.length === 1 || !(v.is === "const" && v.value === null)));
  }

  private parameter(fn: FunctionFact, index: number, path: readonly string[], name: string, frame: Frame, fallback: Value | undefined): Traced {
    const at = frameOf(frame, fn.id);
    const given = at?.args?.[index];
    if (given && !(given.is === "const" && given.value === null && fallback)) {
      let part = given;
      for (const key of path) part = propertyOf(this, part, key);
      if (part.is !== "unknown" || !fallback) return part;
    }
    const base = at ?? this.frame({ path: frame.path, id: fn.id });
    if (at?.args && fallback && base) return this.trace(fallback, base);
    const fact = fn.params[index];
    let typed = fact?.type ? valueOfType(this, fact.type, frame.path, name) : undefined;
    for (const key of path) typed = typed && propertyOf(this, typed, key);
    const parameter: Traced = {
      is: "parameter",
      ref: { path: frame.path, id: fn.id },
      index,
      path,
      name,
      ...(typed && typed.is !== "unknown" ? { typed } : {}),
    };
    return fallback && base && !at?.args ? anyOf([parameter, this.trace(fallback, base)]) : parameter;
  }

  private imported(fact: ImportFact, from: string): Traced {
    const known = this.importsMemo.get(fact);
    if (known && this.pending.mayUse(fact)) return known;
    if (this.pending.comesBack(fact)) return unknown("imports go in a circle");
    this.pending.begin(fact);
    const found = this.import(fact.specifier, fact.imported, from);
    if (this.pending.end(fact)) this.importsMemo.set(fact, found);
    return found;
  }

  /** What `import { imported } from "specifier"` gives. */
  import(specifier: string, imported: string, from: string): Traced {
    const resolved = this.world.resolve(from, specifier);
    if (resolved.is === "file") return imported === "*" ? this.namespace(resolved.path) : this.exportOf(resolved.path, imported);
    const name = resolved.is === "builtin" ? resolved.name : resolved.is === "package" ? joinPackage(resolved) : specifier;
    const library = this.world.catalog.find(name) ?? (resolved.is === "package" ? this.world.catalog.find(resolved.name) : undefined);
    if (library) return this.libraryExport(library, imported === "*" ? "=" : imported);
    return { is: "foreign", package: resolved.is === "package" ? resolved.name : name, name: imported };
  }

  libraryExport(library: Library, name: string): Traced {
    const shape = this.world.catalog.exportOf(library, name);
    if (shape) return { is: "export", library, name, shape };
    return { is: "foreign", package: library.package, name };
  }

  private namespace(path: string): Traced {
    const whole = this.world.files.get(path)?.exports.find((e) => e.kind === "value" && e.name === "=");
    return whole ? this.exportFact(path, whole) : { is: "module", path };
  }

  /** The value of an export of a file of the workspace. */
  exportOf(path: string, name: string): Traced {
    const key = `${path}\n${name}`;
    const known = this.exportsMemo.get(key);
    if (known && this.pending.mayUse(key)) return known;
    if (this.pending.comesBack(key)) return unknown("re-exports go in a circle");
    this.pending.begin(key);
    const found = this.findExport(path, name);
    if (this.pending.end(key)) this.exportsMemo.set(key, found);
    return found;
  }

  private findExport(path: string, name: string): Traced {
    const summary = this.world.files.get(path);
    if (!summary) return unknown("the file is not analysed");
    const file = bindingsOf(summary);
    const direct = file.export(name);
    if (direct) return this.exportFact(path, direct);
    const whole = file.export("=");
    if (whole?.kind === "value") {
      const all = this.exportFact(path, whole);
      return name === "default" || name === "=" ? all : propertyOf(this, all, name);
    }
    for (const star of summary.exports) {
      if (star.kind !== "star") continue;
      const target = this.world.resolve(path, star.specifier);
      const found = target.is === "file" ? this.exportOf(target.path, name) : this.import(star.specifier, name, path);
      if (found.is !== "unknown" && found.is !== "foreign") return found;
    }
    return unknown(`${name} is not exported`);
  }

  private exportFact(path: string, fact: ExportFact): Traced {
    const frame = this.frame({ path, id: 0 });
    if (!frame) return unknown("the file is not analysed");
    if (fact.kind === "local") return this.name(fact.local, frame, frame.fn.end);
    if (fact.kind === "value") return this.trace(fact.value, frame);
    if (fact.kind === "star") return unknown("a star export has no value of its own");
    const target = this.world.resolve(path, fact.specifier);
    if (target.is === "file") return fact.imported === "*" ? this.namespace(target.path) : this.exportOf(target.path, fact.imported);
    return this.import(fact.specifier, fact.imported, path);
  }

  /** Member of an object of a workspace class, through its base classes. */
  classMember(self: TracedSelf, name: string): Traced {
    return classMember(this, self, name);
  }

  /** Classes that implement an interface or extend an abstract class, by `path\nname`. */
  implementors(path: string, name: string): readonly ClassKey[] {
    this.implementorIndex ??= implementorsIn(this);
    return this.implementorIndex.get(`${path}\n${name}`) ?? [];
  }
}

function joinPackage(resolved: { name: string; subpath: string }): string {
  const sub = resolved.subpath.replace(/^\.?\/?/, "");
  return sub === "" ? resolved.name : `${resolved.name}/${sub}`;
}
