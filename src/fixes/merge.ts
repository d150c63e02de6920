import type { FileEdit, TextChange } from "../model/finding.ts";

/**
 * Several fixes of one text as one. What two of them do alike (the same import, the same new module) is done once; a fix that falls
 * on code which one before it changes is left out, for the next round.
 */
export function mergeEdits(fixes: readonly (readonly FileEdit[])[]): readonly FileEdit[] {
  const merged = new Map<string, FileEdit>();
  for (const fix of fixes) {
    const joined = fix.map((edit) => joinedWith(merged.get(edit.path), edit));
    if (joined.includes(undefined)) continue;
    for (const edit of joined) if (edit !== undefined) merged.set(edit.path, edit);
  }
  return [...merged.values()];
}

function joinedWith(before: FileEdit | undefined, edit: FileEdit): FileEdit | undefined {
  if (before === undefined) return edit;
  const added = edit.changes.filter((change) => !before.changes.some((other) => isSame(change, other)));
  if (added.length === 0) return before;
  if (edit.create || before.create || added.some((change) => before.changes.some((other) => overlap(change, other)))) return undefined;
  return { ...before, changes: [...before.changes, ...added].sort((a, b) => a.at - b.at || a.end - b.end) };
}

function isSame(a: TextChange, b: TextChange): boolean {
  return a.at === b.at && a.end === b.end && a.text === b.text;
}

/** Insertions at one place stand side by side; one at the edge of a replaced stretch is beside it too. */
function overlap(a: TextChange, b: TextChange): boolean {
  return a.at < b.end && b.at < a.end;
}
