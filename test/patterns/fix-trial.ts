/** Applies a fix to a system as an editor would, and says what is wrong with the result (law 3). */
import { ts } from "ts-morph";
import type { Session } from "../../src/engine/index.ts";
import { applyEdits } from "../../src/fixes/index.ts";
import type { Finding, FixOffer, FixResult } from "../../src/model/finding.ts";
import { typeErrors } from "../fixes/workbench.ts";
import type { Files } from "../support/memory-session.ts";

export interface Trial {
  readonly session: Session;
  readonly files: Files;
  readonly findings: readonly Finding[];
  readonly errorsBefore: readonly string[];
}

export async function trialOf(session: Session, files: Files): Promise<Trial> {
  const { findings } = await session.open();
  return { session, files, findings, errorsBefore: errorsIn(files) };
}

/** What law 3 forbids; empty where the fix does well. The session is left as it was. */
export async function faultsOf(trial: Trial, finding: Finding, offer: FixOffer): Promise<readonly string[]> {
  const { session, files } = trial;
  const result = session.fix(finding, offer.id);
  if (!result.ok) return [`refused: ${result.reason}`];
  if (result.edits.length === 0) return ["changes nothing"];
  const after = applied(files, result);
  const changed = Object.keys(after).filter((path) => after[path] !== files[path]);
  const { findings } = await session.update(changed.map((path) => ({ path, text: after[path] ?? "" })));
  const faults = [
    ...changed.flatMap((path) => syntaxErrors(path, after[path] ?? "")),
    ...newTypeErrors(trial, after),
    ...(offer.kind === "scaffold" ? scaffoldFaults(finding, findings) : repairFaults(finding, findings)),
    ...addedFindings(trial.findings, finding, findings),
    ...againFaults(session.fix(finding, offer.id), offer, after),
  ];
  await session.update(changed.map((path) => ({ path })));
  return faults;
}

export function applied(files: Files, result: FixResult & { readonly ok: true }): Files {
  const after: Record<string, string> = { ...files };
  for (const { path, changes } of result.edits) after[path] = applyEdits(files[path] ?? "", changes);
  return after;
}

function repairFaults(finding: Finding, findings: readonly Finding[]): readonly string[] {
  return findings.some(({ fingerprint }) => fingerprint === finding.fingerprint) ? ["the finding stays"] : [];
}

function scaffoldFaults(finding: Finding, findings: readonly Finding[]): readonly string[] {
  return findings.some(({ fingerprint }) => fingerprint === finding.fingerprint) ? [] : ["the finding is gone although nothing is wired in"];
}

/** Where one call of several is repaired, the finding of the others may move to one of them; it is not a new one. */
function addedFindings(before: readonly Finding[], repaired: Finding, after: readonly Finding[]): readonly string[] {
  const known = new Set(before.map(({ fingerprint }) => fingerprint));
  const added = after.filter(({ fingerprint }) => !known.has(fingerprint));
  const moved = added.filter(({ rule, place }) => rule === repaired.rule && after.length <= before.length && repaired.related.some(({ path }) => path === place.path));
  return added.filter((each) => !moved.includes(each)).map(({ rule, place, wording }) => `adds ${rule} in ${place.path}: ${wording.what}`);
}

function againFaults(again: FixResult, offer: FixOffer, files: Files): readonly string[] {
  if (!again.ok) return offer.kind === "scaffold" ? [`refused the second time: ${again.reason}`] : [];
  return again.edits.some(({ path, changes }) => applyEdits(files[path] ?? "", changes) !== files[path]) ? ["applied twice, it changes more"] : [];
}

function syntaxErrors(path: string, text: string): readonly string[] {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return [];
  const { diagnostics = [] } = ts.transpileModule(text, { fileName: path, reportDiagnostics: true, compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  return diagnostics.map(({ messageText }) => `${path} does not parse: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
}

function newTypeErrors({ errorsBefore }: Trial, after: Files): readonly string[] {
  const known = new Set(errorsBefore);
  return errorsIn(after).filter((error) => !known.has(error)).map((error) => `does not compile: ${error}`);
}

/** Libraries are whatever the code takes them for; Node's globals are declared as far as the examples use them. */
function errorsIn(files: Files): readonly string[] {
  const code = Object.fromEntries(Object.entries(files).filter(([path]) => /\.[cm]?[jt]s$/.test(path)));
  const specifiers = new Set(Object.values(code).flatMap((text) => [...text.matchAll(/(?:from|import)\s*["']([^."'][^"']*)["']/g)].flatMap(([, name]) => name ?? [])));
  const modules = [...specifiers].map((name) => `declare module "${name}";`);
  return typeErrors(code, [...modules, GLOBALS].join("\n"));
}

const GLOBALS = `
declare const process: { readonly env: Readonly<Record<string, string | undefined>>; [name: string]: any };
declare const Buffer: any;
declare const require: any;
declare const module: any;
declare const __dirname: string;
`;
