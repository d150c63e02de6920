import { ts } from "ts-morph";
import {
  type ClassDraft,
  hasModifier,
  idText,
  Kind,
  type Naming,
  propertyName,
  startOf,
  type Unit,
  withoutCalls,
} from "./draft.ts";
import { lowerDecorators, lowerFunction, lowerStaticBlock } from "./lower-function.ts";
import { lowerType, lowerTypes } from "./lower-type.ts";
import type { FieldFact } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Lowers a class with its members; answers its entry in the file's table. */
export function lowerClass(unit: Unit, node: ts.ClassLikeDeclaration, naming: Naming | undefined): ClassDraft {
  const decorators = lowerDecorators(unit, node);
  const draft = openClass(unit, node, naming);
  draft.decorators = decorators;
  withoutCalls(unit, () => {
    lowerHeritage(unit, draft, node.heritageClauses);
    lowerMembers(unit, draft, node.members);
  });
  return draft;
}

function openClass(unit: Unit, node: ts.ClassLikeDeclaration, naming: Naming | undefined): ClassDraft {
  const at = startOf(unit, node);
  const own: Naming | undefined =
    node.name === undefined ? naming : { text: idText(node.name), at: startOf(unit, node.name), end: node.name.end };
  const draft: ClassDraft = {
    id: unit.classes.length,
    name: own?.text ?? "",
    parent: unit.current.id,
    isExported: false,
    isAbstract: hasModifier(node, Kind.AbstractKeyword),
    extendsArgs: [],
    implements: [],
    decorators: [],
    fields: [],
    members: [],
    constructorId: -1,
    nameAt: own?.at ?? at,
    nameEnd: own?.end ?? at + "class".length,
    at,
    end: node.end,
  };
  unit.classes.push(draft);
  return draft;
}

function lowerHeritage(unit: Unit, draft: ClassDraft, clauses: readonly ts.HeritageClause[] | undefined): void {
  for (const clause of clauses ?? []) {
    if (clause.token === Kind.ImplementsKeyword) {
      draft.implements = lowerTypes(clause.types);
      continue;
    }
    const base = clause.types[0];
    if (base === undefined) continue;
    draft.extends = unit.lower.value(unit, base.expression);
    draft.extendsArgs = lowerTypes(base.typeArguments);
  }
}

function lowerMembers(unit: Unit, draft: ClassDraft, nodes: readonly ts.ClassElement[]): void {
  const members: number[] = [];
  const fields: FieldFact[] = [];
  for (const node of nodes) {
    switch (node.kind) {
      case Kind.MethodDeclaration:
      case Kind.Constructor:
      case Kind.GetAccessor:
      case Kind.SetAccessor: {
        const member = node as ts.MethodDeclaration | ts.ConstructorDeclaration | ts.AccessorDeclaration;
        if (member.body === undefined) break;
        const { id } = lowerFunction(unit, member, undefined, draft.id);
        members.push(id);
        if (node.kind === Kind.Constructor) draft.constructorId = id;
        break;
      }
      case Kind.PropertyDeclaration:
        fields.push(lowerField(unit, draft.id, node as ts.PropertyDeclaration, members));
        break;
      case Kind.ClassStaticBlockDeclaration:
        members.push(lowerStaticBlock(unit, node as ts.ClassStaticBlockDeclaration, draft.id).id);
        break;
      default:
    }
  }
  draft.members = members;
  draft.fields = fields;
}

/** A field; one that holds a function (`handle = async () => …`) makes that function a member of the class. */
function lowerField(unit: Unit, classId: number, node: ts.PropertyDeclaration, members: number[]): FieldFact {
  const decorators = lowerDecorators(unit, node);
  const name = propertyName(node.name) ?? "";
  const field: Mutable<FieldFact> = {
    name,
    isStatic: hasModifier(node, Kind.StaticKeyword),
    isReadonly: hasModifier(node, Kind.ReadonlyKeyword),
    decorators,
    at: startOf(unit, node),
    end: node.end,
  };
  if (node.type !== undefined) field.type = lowerType(node.type);
  if (node.initializer === undefined) return field;
  const naming = { text: name, at: startOf(unit, node.name), end: node.name.end };
  const value = unit.lower.named(unit, node.initializer, naming);
  field.value = value;
  const held = value.kind === "function" ? unit.functions[value.id] : undefined;
  if (held !== undefined) {
    held.classId = classId;
    held.isStatic = field.isStatic;
    members.push(held.id);
  }
  return field;
}
