import type { Unit } from "./draft.ts";
import type { CallValue, ImportFact, Pattern, RequireValue, Value } from "./summary.ts";

/** Turns `const { a: b } = require("x")`, and its kin with `await import("x")`, into imports with names. */
export function bindRequire(unit: Unit, pattern: Pattern, value: Value): void {
  const source = requireOf(value);
  if (source === undefined || unit.imports.at(-1)?.at !== source.module.at) return;
  const facts = boundImports(pattern, source.module.specifier, source.imported);
  if (facts.length === 0) return;
  unit.imports.pop();
  unit.imports.push(...facts);
}

function boundImports(pattern: Pattern, specifier: string, imported: string | undefined): ImportFact[] {
  const typeOnly = false;
  if (pattern.kind === "name") {
    return [{ local: pattern.name, imported: imported ?? "*", specifier, typeOnly, at: pattern.at, end: pattern.end }];
  }
  if (pattern.kind !== "object" || imported !== undefined) return [];
  const facts: ImportFact[] = [];
  for (const { key, pattern: bound } of pattern.properties) {
    if (bound.kind !== "name" || key === "") continue;
    facts.push({ local: bound.name, imported: key, specifier, typeOnly, at: bound.at, end: bound.end });
  }
  return facts;
}

/** What a value takes from a module, if that is all that it is: the whole, or one name of it. */
function requireOf(value: Value): { module: RequireValue; imported?: string } | undefined {
  if (value.kind === "require") return { module: value };
  if (value.kind === "await") return value.of.kind === "require" ? { module: value.of } : undefined;
  if (value.kind === "member") {
    const source = requireOf(value.of);
    return source === undefined || source.imported !== undefined
      ? undefined
      : { module: source.module, imported: value.name };
  }
  return value.kind === "call" && value.args.length === 1 ? interopOf(value) : undefined;
}

/** `__importDefault(require("x"))` of TypeScript's output, `_interopRequireDefault` of Babel's. */
function interopOf(call: CallValue): { module: RequireValue } | undefined {
  const name = lastName(call.callee);
  const first = call.args[0];
  if (first?.kind !== "require" || name === undefined || !interop.has(name)) return undefined;
  return { module: first };
}
const interop: ReadonlySet<string> = new Set([
  "__importDefault",
  "__importStar",
  "_interopRequireDefault",
  "_interopRequireWildcard",
]);

function lastName(callee: Value): string | undefined {
  return callee.kind === "name" || callee.kind === "member" ? callee.name : undefined;
}

/** Records what a statement of the module exports the CommonJS way, if it does. */
export function recordCommonJsExport(unit: Unit, value: Value): void {
  if (value.kind === "assign" && value.op === "=") recordAssignment(unit, value.target, value.value);
  else if (value.kind === "call") recordCall(unit, value);
}

function recordAssignment(unit: Unit, target: Value, assigned: Value): void {
  const value = finalValue(unit, assigned);
  if (isExports(target)) {
    // `exports = module.exports = x` rebinds a local name; the inner assignment is what exports.
    if (target.kind === "member") recordWhole(unit, value, target.at, target.end);
    return;
  }
  if (target.kind !== "member" || !isExports(target.of)) return;
  if (value.kind === "unary" && value.op === "void") return;
  recordNamed(unit, target.name, value, target);
}

/** In `exports.a = exports.b = x` both get x. */
function finalValue(unit: Unit, value: Value): Value {
  if (value.kind !== "assign" || value.op !== "=") return value;
  recordAssignment(unit, value.target, value.value);
  return value.value.kind === "assign" ? finalTarget(value.value) : value.value;
}

function finalTarget(value: Value): Value {
  return value.kind === "assign" ? finalTarget(value.value) : value;
}

/** `module.exports = …`. The names of an object are exported one by one too, so that an import by name finds them. */
function recordWhole(unit: Unit, value: Value, at: number, end: number): void {
  recordNamed(unit, "=", value, { at, end });
  if (value.kind === "require") unit.exports.push({ kind: "star", specifier: value.specifier, at, end });
  if (value.kind !== "object") return;
  for (const property of value.properties) {
    if (property.key !== undefined) recordNamed(unit, property.key, property.value, property);
    else if (property.spread && property.value.kind === "require") {
      unit.exports.push({ kind: "star", specifier: property.value.specifier, at: property.at, end: property.end });
    }
  }
}

function recordNamed(unit: Unit, name: string, value: Value, { at, end }: { at: number; end: number }): void {
  const source = requireOf(value);
  if (source !== undefined) {
    unit.exports.push({
      kind: "from",
      name,
      imported: source.imported ?? "*",
      specifier: source.module.specifier,
      at,
      end,
    });
  } else if (value.kind === "name") {
    unit.exports.push({ kind: "local", name, local: value.name, at, end });
  } else {
    unit.exports.push({ kind: "value", name, value, at, end });
  }
}

function isExports(value: Value): boolean {
  if (value.kind === "name") return value.name === "exports";
  return value.kind === "member" && value.name === "exports" && value.of.kind === "name" && value.of.name === "module";
}

/** `__exportStar(require("x"), exports)` and `Object.defineProperty(exports, "name", { get })`, as compilers write them. */
function recordCall(unit: Unit, call: CallValue): void {
  const name = lastName(call.callee);
  const [first, second, third] = call.args;
  if (first === undefined || second === undefined) return;
  if ((name === "__exportStar" || name === "__export") && first.kind === "require") {
    unit.exports.push({ kind: "star", specifier: first.specifier, at: call.at, end: call.end });
  } else if (name === "defineProperty" && isExports(first) && second.kind === "const" && third?.kind === "object") {
    const key = String(second.value);
    const getter = third.properties.find((property) => property.key === "get")?.value;
    const value = getter?.kind === "function" ? returned(unit, getter.id) : undefined;
    if (value !== undefined && key !== "__esModule") recordNamed(unit, key, value, call);
  }
}

function returned(unit: Unit, id: number): Value | undefined {
  const [only] = unit.functions[id]?.body ?? [];
  return only?.kind === "return" ? only.value : undefined;
}
