/** The declared model that the configuration names, held against what the code has. */
import type { ArchitectureModel } from "../model/architecture.ts";
import { driftOf, readDeclared, type Drift } from "../model/declared/index.ts";
import type { Configuration, WorkspaceProblem } from "../workspace/index.ts";

/** The text that was read for this run; undefined where there is no such file. */
export interface DeclaredText {
  readonly path: string;
  readonly text: string | undefined;
}

export function declaredText({ declared }: Configuration, read: (path: string) => string | undefined): DeclaredText | undefined {
  return declared === undefined ? undefined : { path: declared.path, text: read(declared.path) };
}

/** Drift and mistakes, each where it stands: in the declared model, or in the configuration that names a file that is not there. */
export function declaredProblems(file: DeclaredText | undefined, { declared, path = "" }: Configuration, model: ArchitectureModel): readonly WorkspaceProblem[] {
  if (file === undefined || declared === undefined) return [];
  if (file.text === undefined) return [{ path, at: declared.at, end: declared.end, message: `There is no file \`${file.path}\`.`, severity: "error" }];
  const outcome = driftAgainst(file.path, file.text, model);
  if (!outcome.ok) return [{ path: file.path, at: outcome.at, end: outcome.end, message: outcome.message, severity: "error" }];
  return outcome.drift.map(({ at, end, message }) => ({ path: file.path, at, end, message, severity: "warning" }));
}

export type DriftOutcome = { readonly ok: true; readonly drift: readonly Drift[] } | { readonly ok: false; readonly message: string; readonly at: number; readonly end: number };

/** A declared model as text against the recovered one. */
export function driftAgainst(path: string, text: string, model: ArchitectureModel): DriftOutcome {
  const read = readDeclared(path, text);
  return read.ok ? { ok: true, drift: driftOf(read.declared, model) } : read;
}
