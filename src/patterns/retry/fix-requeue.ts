/** Messages that come back once, and go to where dead letters go when they fail again. */
import { Draft, enclosing, finish, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixResult } from "../../model/finding.ts";
import type { RequeueData } from "./data.ts";

/** Which argument says whether the message goes back: amqplib 2.3.1, `Channel#nack(message, allUpTo, requeue)` and `reject(message, requeue)`. */
const REQUEUE: Readonly<Record<string, number>> = { nack: 2, reject: 1 };

export function requeueOnce(context: FixContext, data: RequeueData): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.repeat, ts.isCallExpression);
  if (draft === undefined || call === undefined || !ts.isPropertyAccessExpression(call.expression)) return STALE;
  const index = REQUEUE[call.expression.name.text];
  const [message] = call.arguments;
  if (index === undefined || message === undefined) return { ok: false, reason: "The call says nothing of one message" };
  if (!ts.isIdentifier(message) && !ts.isPropertyAccessExpression(message)) return { ok: false, reason: "The message has no name here" };
  const said = call.arguments[index];
  const asks = `!${draft.source(message)}.fields.redelivered`;
  if (said !== undefined) draft.replace(said, asks);
  else draft.insert(call.arguments.at(-1)?.end ?? message.end, `${", false".repeat(index - call.arguments.length)}, ${asks}`);
  return finish(draft);
}
