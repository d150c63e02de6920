/** Names that a piece of code takes from the functions around it, and that are out of reach outside them. */
import { descendants, ts } from "../../fixes/index.ts";

/** A name, or `this`. */
export type Captured = string;

/** What `node` uses that the functions between it and the statement `top` of the module bind. */
export function capturedBy(node: ts.Node, top: ts.Statement): readonly Captured[] {
  const used = new Set(descendants(node).flatMap((each) => (isUse(each) ? [each.text] : each.kind === ts.SyntaxKind.ThisKeyword ? ["this"] : [])));
  const own = new Set(descendants(node).flatMap(namesBoundBy));
  const around = new Set<string>(["this"]);
  for (let at = node.parent; at !== undefined && at !== top.parent; at = at.parent) {
    if (ts.isFunctionLike(at)) for (const parameter of at.parameters) for (const name of namesBoundBy(parameter)) around.add(name);
    if (ts.isBlock(at) || ts.isCaseBlock(at)) for (const inner of descendants(at, (each) => !ts.isFunctionLike(each))) for (const name of namesBoundBy(inner)) around.add(name);
    if (ts.isCatchClause(at) || ts.isForOfStatement(at) || ts.isForInStatement(at) || ts.isForStatement(at)) for (const inner of descendants(at, (each) => !ts.isFunctionLike(each))) for (const name of namesBoundBy(inner)) around.add(name);
  }
  return [...used].filter((name) => around.has(name) && !own.has(name));
}

/** A constant or class of the module that `nodes` use and that is made after the statement `top`. */
export function declaredLater(nodes: readonly ts.Node[], top: ts.Statement): string | undefined {
  const { statements } = top.getSourceFile();
  const later = new Set(statements.slice(statements.indexOf(top)).flatMap((each) => (ts.isVariableStatement(each) ? each.declarationList.declarations.flatMap((one) => [...namesBoundBy(one)]) : ts.isClassDeclaration(each) && each.name !== undefined ? [each.name.text] : [])));
  // What a function uses, it needs when it runs, and not when the breaker is made.
  const atOnce = nodes.flatMap((node) => (ts.isFunctionLike(node) ? [] : descendants(node, (each) => !ts.isFunctionLike(each)).flatMap((each) => (isUse(each) ? [each.text] : []))));
  return atOnce.find((name) => later.has(name));
}

function isUse(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent)) return parent.initializer === node;
  return true;
}

function namesBoundBy(node: ts.Node): readonly string[] {
  if (ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node)) return namesIn(node.name);
  if (ts.isFunctionDeclaration(node) && node.name !== undefined) return [node.name.text];
  return [];
}

function namesIn(name: ts.BindingName): readonly string[] {
  if (ts.isIdentifier(name)) return [name.text];
  return name.elements.flatMap((each) => (ts.isBindingElement(each) ? namesIn(each.name) : []));
}
