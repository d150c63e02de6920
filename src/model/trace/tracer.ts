/** Follows a value to what it is: through names, imports, re-exports, instances, fields, wrappers and calls. */
import type { Library, NamingConvention } from "../../catalog/library.ts";
import type { CallValue, ClassFact, CodeSummary, FunctionFact, LoopInstruction, NewValue, ObjectValue, Value } from "../../syntax/summary.ts";
import type { FunctionRef } from "../knowledge.ts";
import type { Layer } from "../policy.ts";
import type { Binding } from "./bindings.ts";
import { resultOf } from "./calls.ts";
import type { Called } from "./catalogued.ts";
import { FileView } from "./file-view.ts";
import { Found } from "./found.ts";
import { frameOf } from "./frames.ts";
import type { GraphEdge } from "./graph.ts";
import { ImplementorIndex } from "./implementors.ts";
import { type Cell, Ledger } from "./ledger.ts";
import { LoadedSettings } from "./loaded-settings.ts";
import { classMember, memberOf, propertyOf } from "./members.ts";
import { Modules } from "./modules.ts";
import { Pending } from "./pending.ts";
import type { RetryLoop } from "./retry-loop.ts";
import { textOf } from "./text-of.ts";
import { anyOf, type ClassKey, type Frame, type Traced, type TracedSelf, unknown } from "./traced.ts";
import { valueOfParameter, valueOfVariable } from "./variables.ts";
import type { World } from "./world.ts";
import { selfOf } from "./self.ts";

const MAX_DEPTH = 24;
/** Values that may wait for one another; deeper chains are no code that a reader could follow either. */
const MAX_NESTING = 240;
/** Values looked at for one question in frames of particular calls, where nothing is remembered. */
const MAX_STEPS = 1_500;
/** Values looked at for one question in all, those that go in circles counted each time. */
const MAX_LOOKS = 200_000;

type BaseFrame = { -readonly [Key in keyof Frame]: Frame[Key] };

/** It remembers what it found, and where it keeps track of why, for as long as what it looked at stays the same. */
export class Tracer {
  readonly world: World;
  readonly ledger: Ledger;
  /** Values, variables and exports that are being followed. */
  readonly pending = new Pending();
  readonly modules: Modules;
  private readonly views = new Map<string, FileView>();
  private readonly frames = new Map<string, (BaseFrame | undefined)[]>();
  private readonly memo = new Map<Value, Traced>();
  private readonly calls = new Map<CallValue | NewValue, Called | undefined>();
  private readonly loops = new Map<LoopInstruction, RetryLoop | undefined>();
  private readonly layers = new Map<GraphEdge, readonly Layer[]>();
  /** What was found in the body of a module is kept statement by statement, for much looks at it. */
  private readonly ofModules = new Map<object, Found>();
  private readonly conventions = new Map<string, readonly NamingConvention[]>();
  private readonly drop = (key: object): void => {
    for (const answers of [this.memo, this.calls, this.loops, this.layers, this.ofModules] as readonly Map<object, unknown>[]) answers.delete(key);
    this.pending.forget(key);
  };
  private steps = 0;
  private looks = 0;
  private implementorIndex: ImplementorIndex | undefined;
  private loadedSettings: LoadedSettings | undefined;

  constructor(world: World, options: { readonly keeps: boolean } = { keeps: false }) {
    this.world = world;
    this.ledger = new Ledger(options.keeps);
    this.modules = new Modules(this);
  }

  /** A file by path, for looking at what it says name by name. */
  view(path: string): FileView {
    let view = this.views.get(path);
    if (!view) this.views.set(path, (view = new FileView(this.ledger, this.world.files.get(path))));
    return view;
  }

  /** The file, where it is analysed. */
  file(path: string): FileView | undefined {
    const view = this.view(path);
    return view.exists ? view : undefined;
  }

  fn(ref: FunctionRef): FunctionFact | undefined {
    return this.view(ref.path).function(ref.id);
  }

  class(key: ClassKey): ClassFact | undefined {
    return this.view(key.path).classAt(key.id);
  }

  /** The frame of a function with nothing known of its callers. It stays the same through edits of what the function says. */
  frame(ref: FunctionRef): Frame | undefined {
    const known = this.frames.get(ref.path)?.[ref.id];
    // Of a module others know its names alone, and each is noted where it is looked up.
    if (known && ref.id === 0) return known;
    const fn = ref.id === 0 ? this.view(ref.path).bindings?.summary.functions[0] : this.fn(ref);
    if (known || !fn) return known;
    const outer = fn.parent >= 0 ? this.frame({ path: ref.path, id: fn.parent }) : undefined;
    const made: BaseFrame = { path: ref.path, fn, particular: false, depth: 0, ...(outer ? { outer } : {}), ...(ref.id === 0 || !this.ledger.keeps ? {} : { found: this.newFound() }) };
    const ofFile = this.frames.get(ref.path);
    if (ofFile) ofFile[ref.id] = made;
    else {
      const list: BaseFrame[] = [];
      list[ref.id] = made;
      this.frames.set(ref.path, list);
    }
    return made;
  }

  /** Takes in another text of a file. What was found through it is forgotten. */
  replace(path: string, summary: CodeSummary | undefined): void {
    const view = this.view(path);
    const before = view.bindings?.summary;
    const outdated: Cell[] = [...view.replace(summary)];
    const frames = this.frames.get(path) ?? [];
    for (const [id, frame] of frames.entries()) {
      const fn = summary?.functions[id];
      if (!frame || fn === frame.fn) continue;
      if (id > 0) outdated.push(...this.foundIn(path, id, [before, summary]));
      if (!fn || fn.parent !== frame.fn.parent) delete frames[id];
      else frame.fn = fn;
    }
    this.ledger.outdate(outdated);
  }

  /** What was found in a function and in those written inside it. */
  private foundIn(path: string, id: number, summaries: readonly (CodeSummary | undefined)[]): readonly Cell[] {
    const frames = this.frames.get(path) ?? [];
    const inside = (summary: CodeSummary | undefined, fn: FunctionFact | undefined): boolean => fn !== undefined && fn.id > 0 && (fn.id === id || inside(summary, summary?.functions[fn.parent]));
    return frames.flatMap((frame, each) => (frame?.found && summaries.some((summary) => inside(summary, summary?.functions[each])) ? [frame.found] : []));
  }

  private newFound(): Found {
    return new Found(this.drop);
  }

  /** Where it is noted what was looked at to find something out. */
  foundAt(key: object, frame: Frame): Found {
    if (frame.found) return frame.found;
    const known = this.ofModules.get(key);
    if (known) return known;
    const { reader } = this.ledger;
    const found = reader instanceof Found && reader.path === frame.path ? reader : this.newFound();
    found.path = frame.path;
    found.add(key);
    this.ofModules.set(key, found);
    return found;
  }

  /** Finds something out that holds for all calls of a function, once. */
  private once<K extends object, T>(answers: Map<K, T>, key: K, frame: Frame, find: () => T): T {
    if (frame.particular) return find();
    const known = answers.get(key);
    if (known !== undefined || answers.has(key)) {
      if (this.ledger.keeps) this.ledger.read(this.foundAt(key, frame));
      return known as T;
    }
    const found = this.ledger.keeps ? this.foundAt(key, frame) : undefined;
    const before = found && this.ledger.enter(found);
    const answer = find();
    if (found) this.ledger.leave(before);
    answers.set(key, answer);
    found?.add(key);
    return answer;
  }

  called(call: CallValue | NewValue, frame: Frame, find: () => Called | undefined): Called | undefined {
    return this.once(this.calls, call, frame, find);
  }

  retryLoop(loop: LoopInstruction, frame: Frame, find: () => RetryLoop | undefined): RetryLoop | undefined {
    return this.once(this.loops, loop, frame, find);
  }

  /** Where they were found before, and nobody works anything out of them that could be out of date later. */
  knownLayers(edge: GraphEdge): readonly Layer[] | undefined {
    return this.ledger.reader === undefined ? this.layers.get(edge) : undefined;
  }

  edgeLayers(edge: GraphEdge, frame: Frame, find: () => readonly Layer[]): readonly Layer[] {
    return this.once(this.layers, edge, frame, find);
  }

  trace(value: Value, frame: Frame): Traced {
    if (value.kind === "const") return { is: "const", value: value.value };
    if (frame.depth > MAX_DEPTH) return unknown("too deep to follow");
    const { pending } = this;
    const known = frame.particular ? undefined : this.memo.get(value);
    if (known && pending.mayUse(value)) {
      if (this.ledger.keeps) this.ledger.read(this.foundAt(value, frame));
      return known;
    }
    if (pending.comesBack(value)) return unknown("refers to itself");
    const passing = frame.particular ? undefined : (pending.passingAnswer(value) as Traced | undefined);
    if (passing) {
      if (this.ledger.keeps) this.ledger.read(this.foundAt(value, frame));
      return passing;
    }
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
    const { steps, ledger } = this;
    const found = ledger.keeps ? this.foundAt(value, frame) : undefined;
    const before = found && ledger.enter(found);
    this.steps = 0;
    this.pending.begin(value);
    const traced = this.evaluate(value, frame);
    if (this.pending.end(value, traced)) {
      this.memo.set(value, traced);
      found?.add(value);
    }
    this.steps = steps;
    if (found) ledger.leave(before);
    return traced;
  }

  /** Naming conventions that a receiver's name fits. */
  conventionsFor(name: string): readonly NamingConvention[] {
    let found = this.conventions.get(name);
    if (!found) this.conventions.set(name, (found = this.world.catalog.conventions.filter((c) => new RegExp(`^(?:${c.receiver})$`, "i").test(name))));
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
    if (name === "this") return selfOf(this, frame);
    if (name === "super") return this.super(frame);
    if (name === "undefined") return { is: "const", value: null };
    const binding = this.view(frame.path).lookup(name, frame.fn, at);
    if (binding) return this.binding(binding, name, frame);
    if (name === "process" || name === "globalThis") return { is: "foreign", package: "global", name };
    const shape = this.world.catalog.global(name);
    const library = shape && this.world.catalog.find("global");
    if (shape && library) return { is: "export", library, name, shape };
    return { is: "foreign", package: "global", name };
  }

  private super(frame: Frame): Traced {
    const self = selfOf(this, frame);
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
        return this.modules.imported(binding.import, frame.path);
      case "type":
        return binding.type.kind === "enum" ? { is: "module", path: `${frame.path}::enum::${name}` } : unknown("a type is no value");
      case "parameter":
        return valueOfParameter(this, binding.fn, binding.index, binding.path, name, frame, binding.fallback);
      case "variable":
        return valueOfVariable(this, binding.declarations, binding.assigned.filter((a) => a.op === "=" || a.op === "??=" || a.op === "||=").map((a) => ({ value: a.value, fn: a.fn })), frame);
    }
  }

  private functionValue(fn: FunctionFact, frame: Frame): Traced {
    const outer = frameOf(frame, fn.parent) ?? this.frame({ path: frame.path, id: Math.max(fn.parent, 0) });
    return outer ? { is: "function", ref: { path: frame.path, id: fn.id }, frame: outer } : unknown("no such function");
  }

  /** What `import { imported } from "specifier"` gives. */
  import(specifier: string, imported: string, from: string): Traced {
    return this.modules.import(specifier, imported, from);
  }

  libraryExport(library: Library, name: string): Traced {
    return this.modules.libraryExport(library, name);
  }

  /** The value of an export of a file of the workspace. */
  exportOf(path: string, name: string): Traced {
    return this.modules.exportOf(path, name);
  }

  /** Member of an object of a workspace class, through its base classes. */
  classMember(self: TracedSelf, name: string): Traced {
    return classMember(this, self, name);
  }

  /** Classes that implement an interface or extend an abstract class. */
  implementors(path: string, name: string): readonly ClassKey[] {
    this.implementorIndex ??= new ImplementorIndex(this);
    return this.implementorIndex.of(path, name);
  }

  /** A setting that code of `path` asks its configuration for, where one was loaded under that name. */
  loaded(path: string, name: string): Traced | undefined {
    this.loadedSettings ??= new LoadedSettings(this);
    return this.loadedSettings.of(path, name);
  }

  /** Looks again at who implements what, and at what settings are loaded, where that is in doubt. */
  refreshIndexes(): void {
    this.implementorIndex?.refresh();
    this.loadedSettings?.refresh();
  }
}
