/** Applies a fix to a system as an editor would, and says what is wrong with the result (law 3). */
import type { Session } from "../../src/engine/index.ts";
import { applyEdits } from "../../src/fixes/index.ts";
import type { Finding, FixOffer, FixResult } from "../../src/model/finding.ts";
import { typeErrors } from "../fixes/workbench.ts";
import { addedFindings, syntaxErrors } from "../support/fix-verdict.ts";
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
    ...addedFaults(trial.findings, findings),
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

function addedFaults(before: readonly Finding[], after: readonly Finding[]): readonly string[] {
  return addedFindings(before, after).map(({ rule, place, wording }) => `adds ${rule} in ${place.path}: ${wording.what}`);
}

function againFaults(again: FixResult, offer: FixOffer, files: Files): readonly string[] {
  if (!again.ok) return offer.kind === "scaffold" ? [`refused the second time: ${again.reason}`] : [];
  return again.edits.some(({ path, changes }) => applyEdits(files[path] ?? "", changes) !== files[path]) ? ["applied twice, it changes more"] : [];
}

function newTypeErrors({ errorsBefore }: Trial, after: Files): readonly string[] {
  const known = new Set(errorsBefore);
  return errorsIn(after).filter((error) => !known.has(error)).map((error) => `does not compile: ${error}`);
}

/** Libraries are whatever the code takes them for; Node's globals are declared as far as the examples use them. */
function errorsIn(files: Files): readonly string[] {
  const code = Object.fromEntries(Object.entries(files).filter(([path]) => /\.[cm]?[jt]s$/.test(path)));
  const specifiers = new Set(Object.values(code).flatMap((text) => [...text.matchAll(/(?:from|import)\s*["']([^."'][^"']*)["']/g)].flatMap(([, name]) => name ?? [])));
  const own = ownPackages(files);
  const modules = [...specifiers].filter((name) => !(name in own)).map((name) => LIBRARIES[name] ?? `declare module "${name}";`);
  return typeErrors(code, [...modules, GLOBALS].join("\n"), { paths: own });
}

/** Packages of the system itself, by name: what they export is the code that is there. */
function ownPackages(files: Files): Readonly<Record<string, string[]>> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([path, text]): readonly (readonly [string, string[]])[] => {
      const index = path.replace(/package\.json$/, "src/index.ts");
      const { name } = path.endsWith("package.json") ? (JSON.parse(text) as { readonly name?: string }) : {};
      return name !== undefined && index in files ? [[name, [`/app/${index}`]]] : [];
    }),
  );
}

/** Types of those libraries whose results the examples take apart; the others are whatever the code takes them for. */
const LIBRARIES: Readonly<Record<string, string>> = {
  axios: `declare module "axios" {
    interface AxiosResponse<T = any> { data: T; status: number }
    export interface AxiosInstance {
      <T = any>(...args: any[]): Promise<AxiosResponse<T>>;
      get<T = any>(...args: any[]): Promise<AxiosResponse<T>>;
      post<T = any>(...args: any[]): Promise<AxiosResponse<T>>;
      put<T = any>(...args: any[]): Promise<AxiosResponse<T>>;
      delete<T = any>(...args: any[]): Promise<AxiosResponse<T>>;
    }
    const axios: AxiosInstance & { create(options?: any): AxiosInstance; isAxiosError(error: unknown): error is Error & { response?: AxiosResponse } };
    export default axios;
  }`,
  rxjs: `declare module "rxjs" {
    export interface Observable<T> { pipe(...operators: any[]): Observable<T> }
    export function firstValueFrom<T>(source: Observable<T>): Promise<T>;
    export function defer<T>(make: () => Promise<T> | Observable<T>): Observable<T>;
    export function timeout(options: any): any;
    export function retry(options: any): any;
  }`,
  "@nestjs/axios": `declare module "@nestjs/axios" {
    import type { Observable } from "rxjs";
    export class HttpService {
      get<T = any>(...args: any[]): Observable<{ data: T; status: number }>;
      post<T = any>(...args: any[]): Observable<{ data: T; status: number }>;
      put<T = any>(...args: any[]): Observable<{ data: T; status: number }>;
    }
    export const HttpModule: any;
  }`,
  pg: `declare module "pg" {
    export interface PoolClient { query<Row = any>(...args: any[]): Promise<{ rows: Row[]; rowCount: number | null }>; release(error?: unknown): void; on(...args: any[]): unknown }
    export class Pool { constructor(options?: any); query<Row = any>(...args: any[]): Promise<{ rows: Row[]; rowCount: number | null }>; connect(): Promise<PoolClient>; end(): Promise<void>; on(...args: any[]): unknown }
    export class Client { constructor(options?: any); connect(): Promise<void>; query<Row = any>(...args: any[]): Promise<{ rows: Row[]; rowCount: number | null }>; end(): Promise<void> }
    }`,
  "p-retry": `declare module "p-retry" {
    export interface Options { retries?: number; minTimeout?: number; maxTimeout?: number; factor?: number; randomize?: boolean; forever?: boolean; signal?: AbortSignal; shouldRetry?: (context: { readonly error: Error }) => boolean; onFailedAttempt?: (error: any) => void }
    export default function pRetry<T>(input: (attempt: number) => PromiseLike<T> | T, options?: Options): Promise<T>;
    export class AbortError extends Error {}
  }`,
  cockatiel: `declare module "cockatiel" {
    export interface Policy { execute<T>(run: (context: { readonly signal: AbortSignal }) => PromiseLike<T> | T): Promise<T> }
    export function timeout(ms: number, strategy: unknown): Policy;
    export function circuitBreaker(policy: any, options: any): Policy;
    export function wrap(...policies: Policy[]): Policy;
    export const TimeoutStrategy: { readonly Cooperative: unknown; readonly Aggressive: unknown };
    export const handleAll: any;
    export const ExponentialBackoff: any;
    export const SamplingBreaker: any;
    export const ConsecutiveBreaker: any;
    export function retry(policy: any, options: any): Policy;
  }`,
  express: `declare module "express" {
    export type Request = any;
    export type Response = any;
    type Handler = (req: any, res: any, next: any) => unknown;
    interface Application {
      get(path: string, ...handlers: Handler[]): unknown;
      post(path: string, ...handlers: Handler[]): unknown;
      [name: string]: any;
    }
    const express: { (): Application; [name: string]: any };
    export default express;
  }`,
};

const GLOBALS = `
declare const process: { readonly env: Readonly<Record<string, string | undefined>>; [name: string]: any };
declare const Buffer: any;
declare const require: any;
declare const module: any;
declare const __dirname: string;
`;
