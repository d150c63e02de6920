import { parse } from "dotenv";
import type { EnvSummary } from "./summary.ts";

/** Reads a `.env` file. Values are what `dotenv` makes of them, without their secrets; spans are those of the assignments. */
export function summarizeEnv(path: string, text: string): EnvSummary {
  const values = parse(text);
  const spans = new Map<string, { at: number; end: number }>();
  for (const match of text.matchAll(assignment)) {
    const name = match[1];
    if (name === undefined) continue;
    const at = match.index + match[0].indexOf(name);
    // As in dotenv, the last assignment to a name is the one that holds.
    spans.set(name, { at, end: match.index + match[0].trimEnd().length });
  }
  const variables = Object.entries(values).flatMap(([name, value]) => {
    const span = spans.get(name);
    return span === undefined ? [] : [{ name, value: withoutSecret(name, value), ...span }];
  });
  return { kind: "env", path, problems: [], variables };
}

/** Name, and value with its quotes, without a comment that follows; quoted values may span lines. */
const assignment =
  /^[ \t]*(?:export[ \t]+)?([\w.-]+)(?:[ \t]*=[ \t]*?|:[ \t]+?)(?:[ \t]*'(?:\\'|[^'])*'|[ \t]*"(?:\\"|[^"])*"|[ \t]*`(?:\\`|[^`])*`|[^#\r\n]+)?/gm;

/** What is remembered between runs holds no password: an address loses its own, and what only holds a secret its value. */
function withoutSecret(name: string, value: string): string {
  if (SECRET.test(name)) return "";
  return value.replace(/(:\/\/[^:@/\s]*):[^@/\s]*(?=@)/g, "$1").replace(/\b(password|pwd|sharedaccesskey|accountkey)=[^;&\s]*/gi, "$1=");
}

const SECRET = /(?:SECRET|PASSWORD|PASSWD|PASSPHRASE|_PASS|_PWD|TOKEN|CREDENTIALS?|(?:API|ACCESS|SECRET|PRIVATE|ENCRYPTION|SIGNING|AUTH|MASTER|LICEN[CS]E|ROLE|ACCOUNT)_?KEY)$/i;
