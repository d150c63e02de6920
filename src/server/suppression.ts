/** "Ignore here with a reason…": a comment above the finding, with the cursor on the reason where the client can put it there. */
import type { SnippetTextEdit, TextEdit, WorkspaceEdit } from "vscode-languageserver/node";
import type { Finding } from "../model/finding.ts";
import type { Judged, RequestContext } from "./request.ts";
import { addressOf } from "./workspace-edit.ts";

/** What begins a comment in a file of this name; undefined where the language has none. */
export function commentMark(path: string): "//" | "#" | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/\.(?:[cm]?[jt]sx?|jsonc|prisma)$/.test(name)) return "//";
  return /\.ya?ml$/.test(name) || /^(?:Dockerfile|Containerfile|\.env)/.test(name) ? "#" : undefined;
}

export function suppressionEdit(finding: Finding, { root, path }: Judged, request: RequestContext): WorkspaceEdit {
  const document = root.lines.document(path);
  const line = root.lines.range(finding.place).start.line;
  const start = { line, character: 0 };
  const indent = /^[ \t]*/.exec(document?.getText({ start, end: { line: line + 1, character: 0 } }) ?? "")?.[0] ?? "";
  const comment = `${indent}${commentMark(path) ?? "//"} faultline-ignore ${finding.rule}: `;
  const range = { start, end: start };
  const { uri, version } = addressOf(path, root, request);
  const plain: TextEdit = { range, newText: `${comment}state the reason here\n` };
  if (!request.features.documentChanges) return { changes: { [uri]: [plain] } };
  const snippet: SnippetTextEdit = { range, snippet: { kind: "snippet", value: `${comment}\${1:reason}\n` } };
  return {
    documentChanges: [{ textDocument: { uri, version }, edits: [request.features.snippetEdits ? snippet : plain] }],
  };
}
