import { type Draft, indentAt, type ts } from "../../fixes/index.ts";

/** Takes a statement away, with its line and the comment on it, where it stands alone there. */
export function removeStatement(draft: Draft, statement: ts.Statement): void {
  const start = statement.getStart(draft.file);
  const lead = indentAt(draft.text, start).length;
  const rest = /^[ \t]*(\/\/[^\r\n]*)?\r?\n/.exec(draft.text.slice(statement.end));
  if (rest === null || !/\n[ \t]*$/.test(draft.text.slice(0, start))) draft.replace(statement, "");
  else draft.cut({ at: start - lead, end: statement.end + rest[0].length });
}
