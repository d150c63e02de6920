/** Gives a queue in memory a limit. */
import { ancestor, Draft, finish, freshName, nodeAt, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { Span } from "../../syntax/summary.ts";

export interface QueueFixData {
  readonly path: string;
  /** `this.queue.push(…)` */
  readonly push: Span;
  readonly name: string;
}

export function queueFixes(data: QueueFixData): readonly FixOffer[] {
  return [{ id: "bulkhead/queue-limit", title: `Turn away what comes when \`${data.name}\` holds a thousand`, kind: "review", build: (context) => limit(context, data) }];
}

function limit(context: FixContext, { path, push: span, name }: QueueFixData): FixResult {
  const draft = Draft.open(context, path);
  const push = draft && nodeAt(draft.file, span);
  if (draft === undefined || push === undefined) return STALE;
  const statement = ancestor(push, (node): node is ts.Statement => ts.isStatement(node), ts.isFunctionLike);
  const short = name.split(".").at(-1) ?? name;
  const most = freshName(draft.file, `MAX_${short.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toUpperCase()}`);
  const refuse = `if (${name}.length >= ${most}) throw new Error("${short} is full");`;
  if (statement !== undefined) draft.beforeOrInBlock(statement, refuse);
  else if (ts.isArrowFunction(push.parent) && push.parent.body === push) {
    draft.insert(push.getStart(draft.file), `{ ${draft.styled(refuse)} `);
    draft.insert(push.end, "; }");
  } else return { ok: false, reason: "The queue grows inside an expression; check its length before that" };
  draft.declare(`const ${most} = 1_000;`);
  return finish(draft);
}
