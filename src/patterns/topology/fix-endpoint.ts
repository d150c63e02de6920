/** Reads an address from the environment, with the one that was written down as its default. */
import { descendants, Draft, finish, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";

export interface EndpointFixData {
  readonly path: string;
  /** `http://inventory:3003` */
  readonly address: string;
  /** `INVENTORY_URL` */
  readonly variable: string;
}

export function endpointFixes(data: EndpointFixData): readonly FixOffer[] {
  return [{ id: "topology/from-environment", title: `Read the address from \`${data.variable}\``, kind: "safe", build: (context) => fromEnvironment(context, data) }];
}

type Written = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression;

function fromEnvironment(context: FixContext, { path, address, variable }: EndpointFixData): FixResult {
  const draft = Draft.open(context, path);
  if (draft === undefined) return STALE;
  const written = descendants(draft.file).filter((node): node is Written => isWritten(node) && textOf(node).startsWith(address) && /^([/?#]|$)/.test(textOf(node).slice(address.length)));
  const open = written.filter((node) => !ts.isLiteralTypeNode(node.parent) && !isDefault(node));
  if (open.length === 0) return { ok: false, reason: "The address is put together from pieces, or stands in another file" };
  const read = draft.expression(`process.env.${variable} ?? "${address}"`);
  for (const node of open) draft.replace(node, rewritten(draft, node, address, read));
  return finish(draft);
}

function isWritten(node: ts.Node): node is Written {
  return ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node);
}

function textOf(node: Written): string {
  return ts.isTemplateExpression(node) ? node.head.text : node.text;
}

/** Of something that is read from elsewhere already. */
function isDefault(node: Written): boolean {
  const { parent } = node;
  return ts.isBinaryExpression(parent) && parent.right === node && (parent.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken || parent.operatorToken.kind === ts.SyntaxKind.BarBarToken);
}

/** The rest of the text stays behind what is read. */
function rewritten(draft: Draft, node: Written, address: string, read: string): string {
  if (ts.isTemplateExpression(node)) return `\`\${${read}}${draft.source(node).slice(1 + address.length)}`;
  const rest = node.text.slice(address.length);
  if (rest !== "") return `\`\${${read}}${rest.replace(/[`\\$]/g, "\\$&")}\``;
  const { parent } = node;
  const isAlone = ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isCallExpression(parent) || ts.isNewExpression(parent) || ts.isReturnStatement(parent) || ts.isPropertyDeclaration(parent) || ts.isArrowFunction(parent);
  return isAlone ? read : `(${read})`;
}
