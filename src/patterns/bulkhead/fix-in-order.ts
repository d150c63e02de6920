/** Repairs of lists that one transaction goes through: one item after the other, which is what its connection does anyway. */
import { Draft, enclosing, finish, freshName, indentAt, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { InOrderFixData } from "./data.ts";

export function inOrderFixes(data: InOrderFixData): readonly FixOffer[] {
  return [{ id: "bulkhead/in-order", title: `Await one item${data.over === "" ? "" : ` of \`${data.over}\``} after the other`, kind: "review", build: (context) => inOrder(context, data) }];
}

function inOrder(context: FixContext, data: InOrderFixData): FixResult {
  const draft = Draft.open(context, data.path);
  const settles = draft && enclosing(draft.file, data.settles, ts.isCallExpression);
  const each = draft && nodeAt(draft.file, data.each);
  if (draft === undefined || settles === undefined || each === undefined || !ts.isCallExpression(each)) return STALE;
  // It is a loop by now.
  if (!draft.source(settles.expression).endsWith(".all")) return finish(draft);
  const loop = loopOf(draft, each);
  const awaited = ts.isAwaitExpression(settles.parent) ? settles.parent : settles;
  const statement = awaited.parent;
  if (loop === undefined || !ts.isBlock(statement.parent)) return { ok: false, reason: "What runs for each item is no single expression here" };
  const code = ts.isExpressionStatement(statement) && awaited !== settles ? awaitingEach(loop) : ts.isReturnStatement(statement) && makeAsync(draft, statement) ? collecting(loop, freshName(draft.file, "results")) : undefined;
  if (code === undefined) return { ok: false, reason: "The results are used in the middle of an expression" };
  draft.replace(statement, draft.styled(code, indentAt(draft.text, statement.getStart(draft.file))));
  return finish(draft);
}

function awaitingEach({ item, list, work }: Loop): string {
  return `for (const ${item} of ${list}) await ${work};`;
}

function collecting({ item, list, work }: Loop, results: string): string {
  return `const ${results} = [];\nfor (const ${item} of ${list}) ${results}.push(await ${work});\nreturn ${results};`;
}

interface Loop {
  readonly item: string;
  readonly list: string;
  readonly work: string;
}

/** `items.map((item) => work(item))`, taken apart. */
function loopOf(draft: Draft, each: ts.CallExpression): Loop | undefined {
  const { expression } = each;
  const [work, ...rest] = each.arguments;
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== "map" || rest.length > 0) return undefined;
  if (work === undefined || !ts.isArrowFunction(work) || ts.isBlock(work.body) || work.parameters.length !== 1) return undefined;
  const [item] = work.parameters;
  if (item === undefined || item.initializer !== undefined || item.dotDotDotToken !== undefined) return undefined;
  const body = ts.isAwaitExpression(work.body) ? work.body.expression : work.body;
  return { item: draft.source(item.name), list: draft.source(expression.expression), work: draft.source(body) };
}

/** Whether the function around may await; one that gives a promise is made to. */
function makeAsync(draft: Draft, node: ts.Node): boolean {
  const fn = ts.findAncestor(node, ts.isFunctionLike);
  if (fn === undefined || !ts.canHaveModifiers(fn)) return false;
  if (ts.getModifiers(fn)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword) === true) return true;
  const gives = fn.type === undefined ? "Promise<" : draft.source(fn.type);
  const at = ts.isMethodDeclaration(fn) ? fn.name : ts.isArrowFunction(fn) ? fn : ts.isFunctionDeclaration(fn) ? fn.getChildren(draft.file).find(({ kind }) => kind === ts.SyntaxKind.FunctionKeyword) : undefined;
  if (at === undefined || !gives.startsWith("Promise<") || ("asteriskToken" in fn && fn.asteriskToken !== undefined)) return false;
  draft.insert(at.getStart(draft.file), "async ");
  return true;
}
