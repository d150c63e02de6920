/** A folder on disk and a knowledge of it that is just enough to drive the engine: functions that call `fetch` are sites. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createSession, type Parts, type Session, type SessionOptions } from "../../src/engine/index.ts";
import type { Rule } from "../../src/model/finding.ts";
import type { Knowledge, Site } from "../../src/model/knowledge.ts";
import type { Aspect, Policy } from "../../src/model/policy.ts";
import type { CodeSummary, FunctionFact } from "../../src/syntax/summary.ts";

const folders: string[] = [];

/** A new folder with the given files; `cleanUp` removes it. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>, name = "faultline-"): string {
  const root = mkdtempSync(join(tmpdir(), name));
  folders.push(root);
  for (const [path, text] of Object.entries(files)) put(root, path, text);
  return root;
}

export function put(root: string, path: string, text: string | Uint8Array): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

export function cleanUp(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A session whose one rule reports each function that calls `fetch`. */
export function sessionOver(root: string, options: Partial<SessionOptions> = {}, parts: Partial<Parts> = {}): Session {
  return createSession({ root, workers: 0, today: "2026-06-15", ...options }, { buildKnowledge, rules: [fetchRule], ...parts });
}

export const fetchRule: Rule = {
  id: "timeout/missing",
  severity: "warning",
  title: "Calls without a deadline",
  status: "stable",
  *detect({ program }) {
    for (const { place, symbol } of program.sites) {
      yield { place, symbol, anchor: "fetch", confidence: "certain", data: symbol, evidence: [], related: [] };
    }
  },
  word: (symbol) => ({ what: `${String(symbol)} has no deadline`, why: "It may wait for ever.", instead: "Give it one." }),
  fixes: () => [
    {
      id: "deadline",
      title: "Add a deadline",
      kind: "safe",
      build: (context) => {
        const text = context.read("a.ts") ?? "";
        const at = text.indexOf("fetch(");
        return { ok: true, edits: [{ path: "a.ts", create: false, changes: [{ at, end: at + "fetch(".length, text: "timed(" }] }] };
      },
    },
  ],
};

export const buildKnowledge: Parts["buildKnowledge"] = (workspace, _resolve, summaries): Knowledge => {
  const sites = [...summaries.values()].flatMap((summary) => (summary.kind === "code" ? sitesOf(summary) : []));
  return {
    workspace,
    model: { services: [], endpoints: [], stores: [], brokers: [], channels: [], externals: [], edges: [], accesses: [], blindSpots: [] },
    program: { sites, repetitions: [], attempts: [], idleSignals: [], deadOptions: [], races: [], openPools: [], fanOuts: [], briefBreakers: [], breakers: [], handmadeBreakers: [], borrowed: [], queues: [], entries: [], library: () => undefined, function: () => undefined, reach: () => [], callersOf: () => [],
    callsTo: () => [], excludes: () => false, callsNamed: () => false, isReplayed: () => false, dependenciesOf: () => ({}) },
    serviceOf: () => [],
    runsIn: () => "service",
    meshGuarded: new Set(),
    hops: [],
  };
};

function sitesOf(summary: CodeSummary): readonly Site[] {
  return summary.functions.filter(({ calls }) => calls.includes("fetch")).map((fact) => siteOf(summary.path, fact));
}

function siteOf(path: string, { id, name, nameAt, nameEnd }: FunctionFact): Site {
  const place = { path, at: nameAt, end: nameEnd };
  return {
    id: `${path}#${nameAt}`,
    place,
    callee: place,
    raw: place, rawCall: { ...place, text: "fetch", symbol: "" }, circumstances: [],
    in: { path, id },
    symbol: name,
    library: "global",
    effect: "request",
    facts: { effect: "request", access: "by-method", idempotent: "by-method", returns: "promise" },
    access: "read",
    idempotent: true,
    verb: "GET",
    calleeText: "fetch",
    origin: { library: "global", type: "fetch", name: "fetch", confidence: "certain" },
    target: [{ is: "env", name: "PAYMENTS_URL" }, { is: "known", text: "/charges" }],
    args: [],
    confidence: "certain",
    policy,
    way: [],
    reached: "request",
    awaited: true,
  };
}

const absent: Aspect<never> = { is: "absent", evidence: [] };
const policy: Policy = {
  deadline: { is: "absent", evidence: [{ says: "fetch waits for ever unless it is told otherwise" }] },
  retry: { is: "known", value: { attempts: 3, wait: "none", jitter: "no", selective: "no" }, evidence: [] },
  breaker: absent,
  bulkhead: absent,
  fallback: absent,
  idempotency: absent,
  layers: [],
};
