import { ts } from "ts-morph";
import { idText, Kind, propertyName, startOf, type Unit, withoutCalls } from "./draft.ts";
import { lowerMembers, lowerType, lowerTypes } from "./lower-type.ts";
import type { EnumMember } from "./summary.ts";

/** Records an interface, a type alias or an enum, wherever it is declared. */
export function lowerDeclaredType(
  unit: Unit,
  node: ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.EnumDeclaration,
): void {
  const at = startOf(unit, node);
  const { end } = node;
  const name = idText(node.name);
  switch (node.kind) {
    case Kind.InterfaceDeclaration: {
      const bases = (node.heritageClauses ?? []).flatMap((clause) => lowerTypes(clause.types));
      unit.types.push({ kind: "interface", name, extends: bases, members: lowerMembers(node.members), at, end });
      return;
    }
    case Kind.TypeAliasDeclaration:
      unit.types.push({ kind: "alias", name, type: lowerType(node.type), at, end });
      return;
    case Kind.EnumDeclaration: {
      const members = withoutCalls(unit, () => node.members.map((member) => lowerMember(unit, member)));
      unit.types.push({ kind: "enum", name, members, at, end });
    }
  }
}

function lowerMember(unit: Unit, node: ts.EnumMember): EnumMember {
  const name = propertyName(node.name) ?? "";
  const at = startOf(unit, node);
  if (node.initializer === undefined) return { name, at, end: node.end };
  return { name, value: unit.lower.value(unit, node.initializer), at, end: node.end };
}
