import type { Session } from "../engine/index.ts";
import type { FileEdit, Finding, FixOffer } from "../model/finding.ts";

export interface Repaired {
  /** Text by path, of every file that changed or is new. */
  readonly texts: ReadonlyMap<string, string>;
  readonly fixed: number;
  /** Findings whose fix could not be made, with the reason. */
  readonly refused: readonly { readonly finding: Finding; readonly reason: string }[];
}

export interface RepairOptions {
  readonly rule?: string;
  readonly kinds: ReadonlySet<FixOffer["kind"]>;
}

/**
 * Repairs what can be repaired, one finding after the other against the text that the one before left behind. Nothing is
 * written: the new texts are laid over the session as an editor would.
 */
export async function repair(session: Session, options: RepairOptions): Promise<Repaired> {
  const texts = new Map<string, string>();
  const refused: { finding: Finding; reason: string }[] = [];
  const tried = new Set<string>();
  let fixed = 0;
  for (let next = nextFinding(session, options, tried); next !== undefined; next = nextFinding(session, options, tried)) {
    tried.add(next.finding.fingerprint);
    const result = session.fix(next.finding, next.offer.id);
    if (!result.ok) {
      refused.push({ finding: next.finding, reason: result.reason });
      continue;
    }
    const changed = result.edits.map((edit) => ({ path: edit.path, text: edited(session, edit) }));
    for (const { path, text } of changed) texts.set(path, text);
    await session.update(changed);
    fixed += 1;
  }
  return { texts, fixed, refused };
}

function nextFinding(
  session: Session,
  { rule, kinds }: RepairOptions,
  tried: ReadonlySet<string>,
): { readonly finding: Finding; readonly offer: FixOffer } | undefined {
  for (const finding of session.current?.findings ?? []) {
    if (tried.has(finding.fingerprint) || (rule !== undefined && finding.rule !== rule)) continue;
    const offer = finding.fixes.find(({ kind }) => kinds.has(kind));
    if (offer !== undefined) return { finding, offer };
  }
  return undefined;
}

function edited(session: Session, { path, changes }: FileEdit): string {
  const before = session.read(path) ?? "";
  let text = "";
  let at = 0;
  for (const change of changes) {
    text += before.slice(at, change.at) + change.text;
    at = change.end;
  }
  return text + before.slice(at);
}
