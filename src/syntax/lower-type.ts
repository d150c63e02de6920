import { ts } from "ts-morph";
import { dottedName, hasModifier, Kind, propertyName } from "./draft.ts";
import type { TypeMember, TypeRef } from "./summary.ts";

const other: TypeRef = { kind: "other" };
const none: readonly TypeRef[] = [];

/** A written type, cut down to what value tracing needs. */
export function lowerType(node: ts.TypeNode): TypeRef {
  switch (node.kind) {
    case Kind.TypeReference: {
      const reference = node as ts.TypeReferenceNode;
      return { kind: "name", name: dottedName(reference.typeName), args: lowerTypes(reference.typeArguments) };
    }
    case Kind.ExpressionWithTypeArguments: {
      const reference = node as ts.ExpressionWithTypeArguments;
      return { kind: "name", name: dottedName(reference.expression), args: lowerTypes(reference.typeArguments) };
    }
    case Kind.ArrayType:
      return { kind: "name", name: "Array", args: [lowerType((node as ts.ArrayTypeNode).elementType)] };
    case Kind.ParenthesizedType:
      return lowerType((node as ts.ParenthesizedTypeNode).type);
    case Kind.TypeOperator: {
      const operator = node as ts.TypeOperatorNode;
      return operator.operator === Kind.ReadonlyKeyword ? lowerType(operator.type) : other;
    }
    case Kind.UnionType:
      return { kind: "union", of: lowerTypes((node as ts.UnionTypeNode).types) };
    case Kind.IntersectionType:
      return { kind: "intersection", of: lowerTypes((node as ts.IntersectionTypeNode).types) };
    case Kind.TypeQuery:
      return { kind: "typeof", name: dottedName((node as ts.TypeQueryNode).exprName) };
    case Kind.LiteralType:
      return literal((node as ts.LiteralTypeNode).literal);
    case Kind.TypeLiteral:
      return { kind: "object", members: lowerMembers((node as ts.TypeLiteralNode).members) };
    case Kind.FunctionType:
      return functionType(node as ts.FunctionTypeNode);
    case Kind.TypePredicate:
      return { kind: "name", name: "boolean", args: none };
    default: {
      const keyword = keywords.get(node.kind);
      return keyword === undefined ? other : keyword;
    }
  }
}

export function lowerTypes(nodes: readonly ts.TypeNode[] | undefined): readonly TypeRef[] {
  return nodes === undefined || nodes.length === 0 ? none : nodes.map(lowerType);
}

/** Properties and methods of an interface or type literal; call and index signatures have no name to be found by. */
export function lowerMembers(nodes: readonly ts.TypeElement[]): TypeMember[] {
  const members: TypeMember[] = [];
  for (const node of nodes) {
    const name = node.name === undefined ? undefined : propertyName(node.name);
    if (name === undefined) continue;
    if (ts.isPropertySignature(node)) {
      const readonly = hasModifier(node, Kind.ReadonlyKeyword);
      members.push(node.type === undefined ? { name, readonly } : { name, readonly, type: lowerType(node.type) });
    } else if (ts.isMethodSignature(node)) {
      members.push({ name, readonly: false, type: functionType(node) });
    } else if (ts.isGetAccessorDeclaration(node) && node.type !== undefined) {
      members.push({ name, readonly: true, type: lowerType(node.type) });
    }
  }
  return members;
}

function functionType(node: ts.FunctionTypeNode | ts.MethodSignature): TypeRef {
  const params = node.parameters.map((param) => (param.type === undefined ? undefined : lowerType(param.type)));
  return node.type === undefined
    ? { kind: "function", params }
    : { kind: "function", params, returns: lowerType(node.type) };
}

function literal(node: ts.LiteralTypeNode["literal"]): TypeRef {
  switch (node.kind) {
    case Kind.NullKeyword:
      return { kind: "literal", value: null };
    case Kind.TrueKeyword:
      return { kind: "literal", value: true };
    case Kind.FalseKeyword:
      return { kind: "literal", value: false };
    case Kind.StringLiteral:
    case Kind.NoSubstitutionTemplateLiteral:
      return { kind: "literal", value: (node as ts.StringLiteral).text };
    case Kind.NumericLiteral:
      return { kind: "literal", value: Number((node as ts.NumericLiteral).text) };
    case Kind.PrefixUnaryExpression: {
      const { operand, operator } = node as ts.PrefixUnaryExpression;
      if (operator !== Kind.MinusToken || !ts.isNumericLiteral(operand)) return other;
      return { kind: "literal", value: -Number(operand.text) };
    }
    default:
      return other;
  }
}

const keywords: ReadonlyMap<ts.SyntaxKind, TypeRef> = new Map(
  (
    [
      [Kind.StringKeyword, "string"],
      [Kind.NumberKeyword, "number"],
      [Kind.BooleanKeyword, "boolean"],
      [Kind.VoidKeyword, "void"],
      [Kind.AnyKeyword, "any"],
      [Kind.UnknownKeyword, "unknown"],
      [Kind.NeverKeyword, "never"],
      [Kind.UndefinedKeyword, "undefined"],
      [Kind.ObjectKeyword, "object"],
      [Kind.SymbolKeyword, "symbol"],
      [Kind.BigIntKeyword, "bigint"],
      [Kind.ThisType, "this"],
    ] as const
  ).map(([kind, name]) => [kind, { kind: "name", name, args: none }]),
);
