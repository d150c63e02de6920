/** Lexical scope: what a name means inside a function of a file. */
import type { ClassFact, CodeSummary, DeclareInstruction, ExportFact, FunctionFact, ImportFact, Instruction, Pattern, Span, TypeFact, Value } from "../../syntax/summary.ts";
import { walkInstructions, walkValues } from "./walk.ts";

export type Binding =
  | { readonly kind: "parameter"; readonly fn: FunctionFact; readonly index: number; readonly path: readonly string[]; readonly fallback?: Value }
  | { readonly kind: "variable"; readonly fn: FunctionFact; readonly declarations: readonly Declared[]; readonly assigned: readonly Assigned[] }
  | { readonly kind: "function"; readonly fn: FunctionFact }
  | { readonly kind: "class"; readonly class: ClassFact }
  | { readonly kind: "import"; readonly import: ImportFact }
  | { readonly kind: "type"; readonly type: TypeFact };

/** A declaration of one name, with the path from the declared value to it (`const { a: [b] } = v` → `["a", "0"]`). */
export interface Declared {
  readonly by: DeclareInstruction | undefined;
  readonly value?: Value;
  readonly path: readonly string[];
  readonly fallback?: Value;
  /** Bound by a for-of loop: an element of the value. */
  readonly element: boolean;
  readonly scope: Span;
  readonly fn: FunctionFact;
}

export interface Assigned {
  readonly op: string;
  readonly value: Value;
  readonly fn: FunctionFact;
}

export interface FieldAssignment {
  readonly value: Value;
  readonly fn: FunctionFact;
}

export interface Locals {
  readonly declared: ReadonlyMap<string, readonly Declared[]>;
  readonly assigned: ReadonlyMap<string, readonly Assigned[]>;
  readonly parameters: ReadonlyMap<string, Binding>;
  /** Assignments here and in nested functions, by name, once they were asked for. */
  readonly below: Map<string, readonly Assigned[]>;
}

/** Name look-up in one file. Bodies are read only of functions that a look-up passes through. */
export class Bindings {
  readonly summary: CodeSummary;
  private readonly imports = new Map<string, ImportFact>();
  private readonly localsById = new Map<number, Locals>();
  private readonly functionsByParent = new Map<number, Map<string, FunctionFact>>();
  private readonly classesByParent = new Map<number, Map<string, ClassFact>>();
  private readonly types = new Map<string, TypeFact>();
  private readonly children = new Map<number, FunctionFact[]>();
  private readonly exported = new Map<string, ExportFact>();
  readonly stars: readonly (ExportFact & { readonly kind: "star" })[];
  private readonly fieldsByClass = new Map<number, ReadonlyMap<string, readonly FieldAssignment[]>>();
  private assignedNames: ReadonlySet<string> | undefined;

  constructor(summary: CodeSummary) {
    this.summary = summary;
    for (const fact of summary.imports) this.imports.set(fact.local, fact);
    for (const fact of summary.exports) if (fact.kind !== "star" && !this.exported.has(fact.name)) this.exported.set(fact.name, fact);
    this.stars = summary.exports.filter((fact) => fact.kind === "star");
    for (const fact of summary.types) this.types.set(fact.name, fact);
    for (const fn of summary.functions) {
      push(this.children, fn.parent, fn);
      if (fn.kind === "function" && fn.name !== "") nested(this.functionsByParent, fn.parent).set(fn.name, fn);
    }
    for (const fact of summary.classes) if (fact.name !== "") nested(this.classesByParent, fact.parent).set(fact.name, fact);
  }

  /** What `name` means in `fn` for a use at offset `at`; undefined for a global. */
  lookup(name: string, fn: FunctionFact, at: number): Binding | undefined {
    for (let scope: FunctionFact | undefined = this.summary.functions[fn.id] ?? fn; scope; scope = this.summary.functions[scope.parent]) {
      const found = this.inFunction(name, scope, at);
      if (found) return found;
    }
    const imported = this.imports.get(name);
    if (imported) return { kind: "import", import: imported };
    const type = this.types.get(name);
    return type && { kind: "type", type };
  }

  type(name: string): TypeFact | undefined {
    return this.types.get(name);
  }

  import(name: string): ImportFact | undefined {
    return this.imports.get(name);
  }

  /** The export of that name, but for what comes in by `export *`. */
  export(name: string): ExportFact | undefined {
    return this.exported.get(name);
  }

  class(name: string): ClassFact | undefined {
    for (const byName of this.classesByParent.values()) {
      const found = byName.get(name);
      if (found) return found;
    }
    return undefined;
  }

  nestedIn(fn: FunctionFact): readonly FunctionFact[] {
    return this.children.get(fn.id) ?? [];
  }

  /** `this.name = value` in the methods of a class, arrow functions inside them too. */
  assignedFields(fact: ClassFact): ReadonlyMap<string, readonly FieldAssignment[]> {
    const known = this.fieldsByClass.get(fact.id);
    if (known) return known;
    const found = new Map<string, FieldAssignment[]>();
    const visit = (fn: FunctionFact): void => {
      walkInstructions(fn.body, (step) =>
        walkValues(step, (value) => {
          if (value.kind !== "assign" || (value.op !== "=" && value.op !== "??=" && value.op !== "||=")) return;
          const { target } = value;
          if (target.kind === "member" && target.of.kind === "name" && target.of.name === "this") push(found, target.name, { value: value.value, fn });
        }),
      );
      for (const child of this.nestedIn(fn)) if (child.kind === "arrow") visit(child);
    };
    for (const id of fact.members) {
      const fn = this.summary.functions[id];
      if (fn && !fn.isStatic) visit(fn);
    }
    this.fieldsByClass.set(fact.id, found);
    return found;
  }

  /** Everything that bears a name, for telling whether it is still the same after an edit. */
  localsOf(fn: FunctionFact): Locals {
    return this.locals(fn);
  }

  private inFunction(name: string, fn: FunctionFact, at: number): Binding | undefined {
    const locals = this.locals(fn);
    const declared = locals.declared.get(name);
    if (declared && declared.length > 0) {
      const inScope = declared.filter((d) => d.scope.at <= at && at <= d.scope.end);
      const best = inScope.length > 0 ? inScope : declared;
      const narrow = best.reduce((a, b) => (b.scope.end - b.scope.at < a.scope.end - a.scope.at ? b : a));
      const same = best.filter((d) => d.scope.at === narrow.scope.at);
      const fixed = same.every((d) => d.by?.keyword === "const" || d.by?.keyword === "using");
      return { kind: "variable", fn, declarations: same, assigned: fixed ? [] : this.assignedTo(name, fn) };
    }
    const parameter = locals.parameters.get(name);
    if (parameter) return parameter;
    const inner = this.functionsByParent.get(fn.id)?.get(name);
    if (inner) return { kind: "function", fn: inner };
    const cls = this.classesByParent.get(fn.id)?.get(name);
    return cls && { kind: "class", class: cls };
  }

  /** Assignments to a variable of `fn`, in `fn` and in the functions nested in it. */
  private assignedTo(name: string, fn: FunctionFact): readonly Assigned[] {
    // Most variables are set once, where they are declared.
    this.assignedNames ??= new Set(this.summary.functions.flatMap((each) => [...this.locals(each).assigned.keys()]));
    if (!this.assignedNames.has(name)) return [];
    const { assigned, below } = this.locals(fn);
    const known = below.get(name);
    if (known) return known;
    const all = [...(assigned.get(name) ?? [])];
    for (const child of this.nestedIn(fn)) if (child.kind !== "module" && !this.shadows(child, name)) all.push(...this.assignedTo(name, child));
    below.set(name, all);
    return all;
  }

  private shadows(fn: FunctionFact, name: string): boolean {
    const { declared, parameters } = this.locals(fn);
    return declared.has(name) || parameters.has(name);
  }

  private locals(fn: FunctionFact): Locals {
    const known = this.localsById.get(fn.id);
    if (known) return known;
    const made = collectLocals(fn);
    this.localsById.set(fn.id, made);
    return made;
  }
}

const known = new WeakMap<CodeSummary, Bindings>();

/** What names mean in a file is a matter of its text alone, so it is kept for as long as its summary. */
export function bindingsOf(summary: CodeSummary): Bindings {
  let made = known.get(summary);
  if (!made) known.set(summary, (made = new Bindings(summary)));
  return made;
}

function collectLocals(fn: FunctionFact): Locals {
  const declared = new Map<string, Declared[]>();
  const assigned = new Map<string, Assigned[]>();
  block(fn.body, { at: fn.at, end: fn.end });
  return { declared, assigned, parameters: parametersOf(fn), below: new Map() };

  function block(body: readonly Instruction[], scope: Span): void {
    for (const step of body) instruction(step, scope);
  }
  function instruction(step: Instruction, scope: Span): void {
    switch (step.kind) {
      case "declare":
        bind(step.pattern, step, step.value, step.keyword === "var" ? { at: fn.at, end: fn.end } : scope, false);
        break;
      case "loop":
        block(step.init, step);
        if (step.each) bind(step.each, undefined, step.over, step, true);
        block(step.body, step);
        break;
      case "if":
        block(step.then, spanOf(step.then, step));
        block(step.else, spanOf(step.else, step));
        break;
      case "try":
        block(step.body, spanOf(step.body, step));
        if (step.handler) {
          if (step.handler.binding) bind(step.handler.binding, undefined, undefined, step.handler, false);
          block(step.handler.body, step.handler);
        }
        if (step.finalizer) block(step.finalizer, spanOf(step.finalizer, step));
        break;
      case "switch":
        for (const c of step.cases) block(c.body, step);
        break;
      case "block":
        block(step.body, step);
        break;
      default:
        break;
    }
    walkValues(step, (value) => {
      if (value.kind === "assign" && value.target.kind === "name") push(assigned, value.target.name, { op: value.op, value: value.value, fn });
    });
  }
  function bind(pattern: Pattern, by: DeclareInstruction | undefined, value: Value | undefined, scope: Span, element: boolean): void {
    eachName(pattern, [], undefined, (name, path, fallback) =>
      push(declared, name, { by, path, element, scope, fn, ...(value ? { value } : {}), ...fallbackOf(fallback) }),
    );
  }
}

function spanOf(body: readonly Instruction[], otherwise: Span): Span {
  const [first] = body;
  const last = body[body.length - 1];
  return first && last ? { at: first.at, end: last.end } : otherwise;
}

function fallbackOf(fallback: Value | undefined): { fallback?: Value } {
  return fallback ? { fallback } : {};
}

/** Of two parameters with one name the first counts; of two names in one pattern, the last. */
function parametersOf(fn: FunctionFact): ReadonlyMap<string, Binding> {
  const parameters = new Map<string, Binding>();
  for (const [index, param] of fn.params.entries()) {
    const own = new Map<string, Binding>();
    eachName(param.pattern, [], undefined, (name, path, fallback) =>
      own.set(name, { kind: "parameter", fn, index, path, ...fallbackOf(fallback ?? (path.length === 0 ? param.default : undefined)) }),
    );
    for (const [name, binding] of own) if (!parameters.has(name)) parameters.set(name, binding);
  }
  return parameters;
}

/** Every name that a pattern binds, with the property path to it. */
export function eachName(
  pattern: Pattern,
  path: readonly string[],
  fallback: Value | undefined,
  visit: (name: string, path: readonly string[], fallback: Value | undefined) => void,
): void {
  if (pattern.kind === "name") visit(pattern.name, path, fallback);
  else if (pattern.kind === "object") {
    for (const property of pattern.properties) eachName(property.pattern, [...path, property.key], property.default, visit);
    if (pattern.rest !== undefined) visit(pattern.rest, path, undefined);
  } else if (pattern.kind === "array") {
    pattern.items.forEach((item, index) => item && eachName(item, [...path, String(index)], undefined, visit));
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function nested<K, V>(map: Map<K, Map<string, V>>, key: K): Map<string, V> {
  let inner = map.get(key);
  if (!inner) map.set(key, (inner = new Map()));
  return inner;
}

