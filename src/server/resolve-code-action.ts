/** `codeAction/resolve`: makes the edits of the one action that was chosen, against the text of now. */
import type { CodeAction } from "vscode-languageserver/node";
import * as v from "valibot";
import { actionData, type ActionData } from "./action-data.ts";
import { fixAllEdits } from "./fix-all.ts";
import { judged, type Judged, type RequestContext } from "./request.ts";
import { suppressionEdit } from "./suppression.ts";
import { workspaceEdit } from "./workspace-edit.ts";

/** `refuse` tells the user why nothing happened: the one time that the server speaks up, since the user has just asked. */
export async function resolveCodeAction(
  action: CodeAction,
  request: RequestContext,
  refuse: (reason: string) => void,
): Promise<CodeAction> {
  const data = v.safeParse(actionData, action.data);
  if (!data.success) return action;
  const at = await judged(data.output.uri, request);
  const made = at === undefined ? refused("The file is being analysed.") : edit(data.output, action.title, at, request);
  if (made.ok) return { ...action, edit: made.edit };
  refuse(`${action.title}: ${made.reason}`);
  return action;
}

/** The action with its edit, for clients that cannot ask for it later; none where it does not apply. */
export function resolved(action: CodeAction, at: Judged, request: RequestContext): readonly CodeAction[] {
  const data = v.safeParse(actionData, action.data);
  if (!data.success) return [];
  const made = edit(data.output, action.title, at, request);
  return made.ok ? [{ ...action, edit: made.edit }] : [];
}

type Made =
  | { readonly ok: true; readonly edit: NonNullable<CodeAction["edit"]> }
  | { readonly ok: false; readonly reason: string };

function edit(data: ActionData, title: string, at: Judged, request: RequestContext): Made {
  if ("all" in data) {
    const edits = fixAllEdits(at, data.all);
    return edits.length === 0 ? refused("Nothing here has a safe fix any more.") : workspaceEdit({ edits, root: at.root, request });
  }
  const finding = at.analysis.findings.find(({ fingerprint }) => fingerprint === data.fingerprint);
  if (finding === undefined) return refused("The finding is gone.");
  if (data.offer === null) return { ok: true, edit: suppressionEdit(finding, at, request) };
  const offer = finding.fixes.find(({ id }) => id === data.offer);
  if (offer === undefined) return refused("The fix is no longer offered.");
  const fix = at.root.session.fix(finding, offer.id);
  if (!fix.ok) return fix;
  const isReviewed = offer.kind !== "safe";
  return workspaceEdit({ edits: fix.edits, root: at.root, request, ...(isReviewed ? { review: title } : {}) });
}

function refused(reason: string): { readonly ok: false; readonly reason: string } {
  return { ok: false, reason };
}
