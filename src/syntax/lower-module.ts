import { ts } from "ts-morph";
import { hasModifier, idText, Kind, startOf, type Unit } from "./draft.ts";
import { boundNames, lowerPattern } from "./lower-pattern.ts";
import { lowerStatement } from "./lower-statement.ts";
import type { Instruction, Pattern, Value } from "./summary.ts";

/** Lowers the statements of the file itself: what any block may hold, and imports and exports. */
export function lowerModule(unit: Unit, nodes: readonly ts.Statement[]): Instruction[] {
  const body: Instruction[] = [];
  for (const node of nodes) lowerTopLevel(unit, node, body);
  markExported(unit);
  return unit.hoisted === undefined ? body : unit.hoisted.concat(body);
}

function lowerTopLevel(unit: Unit, node: ts.Statement, body: Instruction[]): void {
  switch (node.kind) {
    case Kind.ImportDeclaration:
      return lowerImport(unit, node as ts.ImportDeclaration);
    case Kind.ExportDeclaration:
      return lowerExport(unit, node as ts.ExportDeclaration);
    case Kind.ExportAssignment:
      return lowerExportAssignment(unit, node as ts.ExportAssignment, body);
    default: {
      const before = body.length;
      lowerStatement(unit, node, body);
      if (!ts.canHaveModifiers(node) || !hasModifier(node, Kind.ExportKeyword)) return;
      exportDeclared(unit, node, body.slice(before));
    }
  }
}

function lowerImport(unit: Unit, node: ts.ImportDeclaration): void {
  if (!ts.isStringLiteralLike(node.moduleSpecifier)) return;
  const specifier = node.moduleSpecifier.text;
  const clause = node.importClause;
  if (clause === undefined) {
    unit.imports.push({ local: "", imported: "*", specifier, typeOnly: false, at: startOf(unit, node), end: node.end });
    return;
  }
  const typeOnly = clause.phaseModifier === Kind.TypeKeyword;
  const add = (local: string, imported: string, isType: boolean, at: ts.Node): void => {
    unit.imports.push({ local, imported, specifier, typeOnly: isType, at: startOf(unit, at), end: at.end });
  };
  if (clause.name !== undefined) add(idText(clause.name), "default", typeOnly, clause.name);
  const named = clause.namedBindings;
  if (named === undefined) return;
  if (named.kind === Kind.NamespaceImport) return add(idText(named.name), "*", typeOnly, named);
  for (const element of named.elements) {
    const local = idText(element.name);
    add(local, element.propertyName?.text ?? local, typeOnly || element.isTypeOnly, element);
  }
}

function lowerExport(unit: Unit, node: ts.ExportDeclaration): void {
  const { moduleSpecifier, exportClause } = node;
  const at = startOf(unit, node);
  const specifier =
    moduleSpecifier !== undefined && ts.isStringLiteralLike(moduleSpecifier) ? moduleSpecifier.text : undefined;
  if (exportClause === undefined) {
    if (specifier !== undefined) unit.exports.push({ kind: "star", specifier, at, end: node.end });
    return;
  }
  if (exportClause.kind === Kind.NamespaceExport) {
    const name = exportClause.name.text;
    if (specifier !== undefined) unit.exports.push({ kind: "from", name, imported: "*", specifier, at, end: node.end });
    return;
  }
  for (const element of exportClause.elements) {
    const name = element.name.text;
    const local = element.propertyName?.text ?? name;
    const span = { at: startOf(unit, element), end: element.end };
    if (specifier === undefined) unit.exports.push({ kind: "local", name, local, ...span });
    else unit.exports.push({ kind: "from", name, imported: local, specifier, ...span });
  }
}

/** `export default x` and `export = x`. */
function lowerExportAssignment(unit: Unit, node: ts.ExportAssignment, body: Instruction[]): void {
  const name = node.isExportEquals === true ? "=" : "default";
  const at = startOf(unit, node);
  const value = unit.lower.named(unit, node.expression, { text: "default", at, end: at + "export default".length });
  const { end } = node;
  if (value.kind === "name") {
    unit.exports.push({ kind: "local", name, local: value.name, at, end });
  } else {
    unit.exports.push({ kind: "value", name, value, at, end });
    body.push({ kind: "evaluate", value, at, end });
  }
}

/** What a declaration that carries `export` declares. */
function exportDeclared(unit: Unit, node: ts.Statement, lowered: readonly Instruction[]): void {
  switch (node.kind) {
    case Kind.VariableStatement:
      exportVariables(unit, node as ts.VariableStatement, lowered);
      return;
    case Kind.FunctionDeclaration:
    case Kind.ClassDeclaration:
    case Kind.InterfaceDeclaration:
    case Kind.TypeAliasDeclaration:
    case Kind.EnumDeclaration:
    case Kind.ImportEqualsDeclaration:
    case Kind.ModuleDeclaration:
      exportNamed(unit, node as ts.FunctionDeclaration | ts.ClassDeclaration);
      return;
    default:
  }
}

function exportNamed(unit: Unit, node: ts.FunctionDeclaration | ts.ClassDeclaration): void {
  const isDefault = hasModifier(node, Kind.DefaultKeyword);
  if (node.name === undefined) {
    const at = startOf(unit, node);
    const held = unit.bindings.get("default");
    if (held === undefined) return;
    const value: Value = {
      kind: "constructorId" in held ? "class" : "function",
      id: held.id,
      at: held.at,
      end: held.end,
    };
    unit.exports.push({ kind: "value", name: "default", value, at, end: at + "export default".length });
    return;
  }
  const local = node.name.text;
  const exported = { kind: "local", name: isDefault ? "default" : local, local } as const;
  // Overloads stand one after the other.
  const last = unit.exports.at(-1);
  const isRepeated = last?.kind === "local" && last.name === exported.name;
  if (!isRepeated) unit.exports.push({ ...exported, at: startOf(unit, node.name), end: node.name.end });
}

function exportVariables(unit: Unit, node: ts.VariableStatement, lowered: readonly Instruction[]): void {
  if (unit.isDeclaration) {
    for (const { name } of node.declarationList.declarations) exportPattern(unit, lowerPattern(unit, name));
    return;
  }
  for (const instruction of lowered) if (instruction.kind === "declare") exportPattern(unit, instruction.pattern);
}

function exportPattern(unit: Unit, pattern: Pattern): void {
  for (const { name, at, end } of boundNames(pattern)) unit.exports.push({ kind: "local", name, local: name, at, end });
}

/** Functions and classes learn here that they are exported: `export { a }` may come after, or before, `a`. */
function markExported(unit: Unit): void {
  for (const fact of unit.exports) {
    if (fact.kind === "local") {
      const held = unit.bindings.get(fact.local);
      if (held !== undefined) held.isExported = true;
    } else if (fact.kind === "value") {
      const { value } = fact;
      const held =
        value.kind === "function"
          ? unit.functions[value.id]
          : value.kind === "class"
            ? unit.classes[value.id]
            : undefined;
      if (held !== undefined) held.isExported = true;
    }
  }
}
