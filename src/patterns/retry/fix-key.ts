/** A key by which the other side can tell a repeated write: made once, before the first attempt. */
import { ancestor, Draft, enclosing, finish, freshName, nodeAt, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export type KeyFixData =
  /** The request's options get a header. */
  | {
      readonly kind: "header" | "option";
      readonly path: string;
      readonly call: Span;
      readonly argument: number;
      readonly before: Span;
    }
  /** The key that each attempt makes is made before the attempts. */
  | { readonly kind: "hoist"; readonly path: string; readonly property: Span; readonly before: Span };

const HEADER = "Idempotency-Key";

export function keyFixes(data: KeyFixData): readonly FixOffer[] {
  if (data.kind === "hoist")
    return [
      {
        id: "retry/hoist-key",
        title: "Make the key once, before the first attempt",
        kind: "review",
        build: (context) => hoist(context, data),
      },
    ];
  const title = "Send an idempotency key that all attempts share";
  return [{ id: "retry/idempotency-key", title, kind: "review", build: (context) => addKey(context, data) }];
}

function addKey(context: FixContext, data: KeyFixData & { kind: "header" | "option" }): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.call, ts.isCallExpression);
  if (draft === undefined || call === undefined) return STALE;
  if (/idempotency-?key/i.test(draft.source(call))) return { ok: true, edits: [] };
  const statement = statementBefore(draft, data.before);
  if (statement === undefined) return STALE;
  const name = freshName(draft.file, "idempotencyKey");
  const set =
    data.kind === "option"
      ? setOptions(draft, call, data.argument, { idempotencyKey: name })
      : addHeader(draft, call, data.argument, name);
  if (!set.ok) return set;
  const local = draft.import({ specifier: "node:crypto", names: ["randomUUID"] });
  draft.before(statement, `const ${name} = ${local("randomUUID")}();`);
  return finish(draft);
}

function addHeader(
  draft: Draft,
  call: ts.CallExpression,
  argument: number,
  name: string,
): ReturnType<typeof setOptions> {
  const entry = `"${HEADER}": ${name}`;
  const options = call.arguments[argument];
  const literal = options !== undefined && ts.isObjectLiteralExpression(options) ? options : undefined;
  const headers = literal?.properties.find(
    (each) => each.name !== undefined && ts.isIdentifier(each.name) && each.name.text === "headers",
  );
  if (headers === undefined) return setOptions(draft, call, argument, { headers: spreadOf(draft, options, entry) });
  const value = ts.isPropertyAssignment(headers) ? headers.initializer : undefined;
  if (value !== undefined && ts.isObjectLiteralExpression(value)) {
    const last = value.properties.at(-1);
    if (last === undefined) draft.replace(value, draft.expression(`{ ${entry} }`));
    else draft.insert(last.end, `, ${draft.expression(`{ ${entry} }`).slice(2, -2)}`);
    return { ok: true };
  }
  const source = value === undefined ? "headers" : draft.source(value);
  return setOptions(draft, call, argument, { headers: `{ ...${source}, ${entry} }` });
}

/** Options that come from elsewhere may bring headers of their own, which must not be lost. */
function spreadOf(draft: Draft, options: ts.Expression | undefined, entry: string): string {
  const spread =
    options !== undefined && ts.isObjectLiteralExpression(options)
      ? options.properties.find(ts.isSpreadAssignment)?.expression
      : options;
  return spread !== undefined && (ts.isIdentifier(spread) || ts.isPropertyAccessExpression(spread))
    ? `{ ...${draft.source(spread)}.headers, ${entry} }`
    : `{ ${entry} }`;
}

function hoist(context: FixContext, data: KeyFixData & { kind: "hoist" }): FixResult {
  const draft = Draft.open(context, data.path);
  const property = draft && nodeAt(draft.file, data.property);
  if (draft === undefined || property === undefined) return STALE;
  const statement = statementBefore(draft, data.before);
  if (statement === undefined) return STALE;
  if (ts.isShorthandPropertyAssignment(property))
    return hoistDeclaration(draft, property.name.text, property, statement);
  if (!ts.isPropertyAssignment(property)) return STALE;
  const value = property.initializer;
  if (ts.isIdentifier(value)) return hoistDeclaration(draft, value.text, property, statement);
  const wanted = ts.isIdentifier(property.name) ? property.name.text : "key";
  const name = freshName(
    draft.file,
    /^[a-z]/.test(wanted) && wanted !== wanted.toUpperCase() ? own(wanted, draft) : "messageKey",
  );
  draft.before(statement, `const ${name} = ${draft.source(value)};`);
  draft.replace(value, name);
  return finish(draft);
}

/** The property's own name, where nothing else of that name could be meant. */
function own(wanted: string, draft: Draft): string {
  return new RegExp(`\\b(?:const|let|var)\\s+${wanted}\\b`).test(draft.text) ? `${wanted}OfAll` : wanted;
}

function hoistDeclaration(draft: Draft, name: string, from: ts.Node, before: ts.Statement): FixResult {
  const statement = ancestor(from, (node): node is ts.Block => ts.isBlock(node))?.statements.find(
    (each) =>
      ts.isVariableStatement(each) &&
      each.declarationList.declarations.some((d) => ts.isIdentifier(d.name) && d.name.text === name),
  );
  if (
    statement === undefined ||
    !ts.isVariableStatement(statement) ||
    statement.declarationList.declarations.length !== 1
  )
    return { ok: false, reason: "The key is made together with other things" };
  draft.before(before, draft.source(statement));
  const lineStart = draft.text.lastIndexOf("\n", statement.getStart(draft.file)) + 1;
  const lineEnd = draft.text.indexOf("\n", statement.end) + 1;
  draft.cut({ at: lineStart, end: lineEnd === 0 ? statement.end : lineEnd });
  return finish(draft);
}

/** The statement in a block that the attempts stand in. */
export function statementBefore(draft: Draft, span: Span): ts.Statement | undefined {
  const node = nodeAt(draft.file, span) ?? enclosing(draft.file, span, ts.isStatement);
  for (let at = node; at !== undefined; at = at.parent) {
    const { parent } = at;
    if (
      ts.isStatement(at) &&
      parent !== undefined &&
      (ts.isBlock(parent) || ts.isSourceFile(parent) || ts.isCaseOrDefaultClause(parent))
    )
      return at;
    if (ts.isArrowFunction(at)) return undefined;
  }
  return undefined;
}
