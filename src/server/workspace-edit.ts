/** A fix's edits as an LSP workspace edit, in the best form that the client understands. */
import {
  CreateFile,
  TextDocumentEdit,
  type AnnotatedTextEdit,
  type ChangeAnnotation,
  type TextEdit,
  type WorkspaceEdit,
} from "vscode-languageserver/node";
import type { FileEdit } from "../model/finding.ts";
import { pathOf, uriOf } from "./addresses.ts";
import type { RequestContext } from "./request.ts";
import type { Root } from "./root.ts";

export interface FixEdits {
  readonly edits: readonly FileEdit[];
  readonly root: Root;
  readonly request: RequestContext;
  /** Title under which the user is asked to confirm the changes; absent for changes that need no second look. */
  readonly review?: string;
}

type Edited = { readonly ok: true; readonly edit: WorkspaceEdit } | { readonly ok: false; readonly reason: string };

const annotation = "faultline";

export function workspaceEdit({ edits, root, request, review }: FixEdits): Edited {
  const { features } = request;
  if (!features.documentChanges) return plainEdit(edits, root, request);
  if (edits.some(({ create }) => create) && !features.createFiles) return cannotCreate;
  const isAnnotated = review !== undefined && features.annotations;
  const documentChanges = edits.flatMap((edit) => {
    const { uri, version } = addressOf(edit.path, root, request);
    const changes = textEdits(edit, root).map((change) => (isAnnotated ? annotated(change) : change));
    const filled = TextDocumentEdit.create({ uri, version }, changes);
    // An existing file is never overwritten: the fix was made for a place where there is none.
    const created = CreateFile.create(
      uri,
      { overwrite: false, ignoreIfExists: false },
      isAnnotated ? annotation : undefined,
    );
    return edit.create ? [created, filled] : [filled];
  });
  const changeAnnotations: Record<string, ChangeAnnotation> = {
    [annotation]: { label: review ?? "", needsConfirmation: true },
  };
  return { ok: true, edit: { documentChanges, ...(isAnnotated ? { changeAnnotations } : {}) } };
}

const cannotCreate = { ok: false, reason: "This editor cannot create files in a quick fix." } as const;

function plainEdit(edits: readonly FileEdit[], root: Root, request: RequestContext): Edited {
  if (edits.some(({ create }) => create)) return cannotCreate;
  const changes = Object.fromEntries(
    edits.map((edit) => [addressOf(edit.path, root, request).uri, textEdits(edit, root)]),
  );
  return { ok: true, edit: { changes } };
}

/** The address as the client wrote it, with the version that the edits were made for, where the file is open. */
export function addressOf(
  path: string,
  root: Root,
  { documents }: RequestContext,
): { readonly uri: string; readonly version: number | null } {
  const absolute = `${root.folder.path}/${path}`;
  const open = documents.all().find(({ uri }) => pathOf(uri) === absolute);
  return open === undefined
    ? { uri: uriOf(root.folder, path), version: null }
    : { uri: open.uri, version: open.version };
}

function textEdits(edit: FileEdit, root: Root): TextEdit[] {
  if (edit.create) {
    const start = { line: 0, character: 0 };
    return edit.changes.map(({ text }) => ({ range: { start, end: start }, newText: text }));
  }
  return edit.changes.map(({ at, end, text }) => ({
    range: root.lines.range({ path: edit.path, at, end }),
    newText: text,
  }));
}

function annotated(edit: TextEdit): AnnotatedTextEdit {
  return { ...edit, annotationId: annotation };
}
