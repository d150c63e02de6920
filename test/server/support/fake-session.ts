/**
 * A tiny engine for tests of the front doors. `fetch(x)` is `timeout/missing`, with one fix of each kind; `table("x")` in two
 * files or more is `database/shared`; a `faultline.jsonc` that is no JSON is a problem; `// wait for NAME` holds the analysis
 * until a file of that name is there.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import {
  Cancelled,
  type Analysis,
  type Cancellation,
  type Change,
  type Explanation,
  type Session,
  type SessionOptions,
} from "../../../src/engine/analysis.ts";
import type { Verdict } from "../../../src/engine/verdict.ts";
import type { Confidence, Finding, FixOffer, FixResult, Place } from "../../../src/model/finding.ts";
import type { Knowledge } from "../../../src/model/knowledge.ts";

export function createFakeSession(options: Pick<SessionOptions, "root" | "onProgress" | "log">): Session {
  return new FakeSession(options);
}

class FakeSession implements Session {
  readonly root: string;
  current: Analysis | undefined;
  readonly #options: Pick<SessionOptions, "root" | "onProgress" | "log">;
  readonly #texts = new Map<string, string>();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: Pick<SessionOptions, "root" | "onProgress" | "log">) {
    this.root = options.root;
    this.#options = options;
  }

  /** Files that say `// known` are known of from an earlier run. */
  async recall(): Promise<Verdict | undefined> {
    const known = readdirSync(this.root, { encoding: "utf8" }).flatMap((path) => (path.endsWith(".ts") ? [{ path, text: readFileSync(`${this.root}/${path}`, "utf8") }] : []));
    const findings = known.flatMap(({ path, text }) => (text.includes("// known") ? deadlines(path, text) : []));
    const { model } = knowledgeOf([]);
    return findings.length === 0 ? undefined : { findings, suppressed: [], problems: [], faults: [], stats: { files: 1, fromCache: 1, parsed: 0, timings: {} }, model, configuration: undefined };
  }

  open(cancel?: Cancellation): Promise<Analysis> {
    return this.#next(async () => {
      const paths = readdirSync(this.root, { recursive: true, encoding: "utf8" }).map((path) =>
        path.replaceAll("\\", "/"),
      );
      const files = paths.filter((path) => /\.(?:ts|jsonc|yml)$/.test(path) && !path.includes("node_modules"));
      for (const [index, path] of files.entries()) {
        this.#load({ path });
        this.#options.onProgress?.({ stage: "reading", done: index + 1, total: files.length });
      }
      return this.#analyse(cancel);
    });
  }

  update(changes: readonly Change[], cancel?: Cancellation): Promise<Analysis> {
    return this.#next(() => {
      for (const change of changes) this.#load(change);
      return this.#analyse(cancel);
    });
  }

  read(path: string): string | undefined {
    const file = `${this.root}/${path}`;
    return this.#texts.get(path) ?? (this.current === undefined && existsSync(file) ? readFileSync(file, "utf8") : undefined);
  }

  fix(finding: Finding, offerId: string): FixResult {
    const offer = finding.fixes.find(({ id }) => id === offerId);
    const context = {
      read: (path: string) => this.read(path),
      exists: (path: string) => this.#texts.has(path),
      packageOf: () => undefined,
    };
    return offer?.build(context) ?? { ok: false, reason: "no such fix" };
  }

  explain(path: string, offset: number): Explanation | undefined {
    const place = calls(this.read(path) ?? "", path).find(({ at, end }) => at <= offset && offset <= end);
    if (place === undefined) return undefined;
    const evidence = [{ says: "fetch has no deadline of its own", place }];
    return {
      place,
      headline: "GET → payments, no deadline",
      aspects: [{ name: "deadline", value: "none", evidence }],
      findings: [],
    };
  }

  dispose(): Promise<void> {
    return Promise.resolve();
  }

  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  #load({ path, text }: Change): void {
    const file = `${this.root}/${path}`;
    const now = text ?? (existsSync(file) ? readFileSync(file, "utf8") : undefined);
    if (now === undefined) this.#texts.delete(path);
    else this.#texts.set(path, now);
  }

  async #analyse(cancel: Cancellation | undefined): Promise<Analysis> {
    for (const text of this.#texts.values()) {
      const name = /\/\/ wait for (\S+)/.exec(text)?.[1];
      while (name !== undefined && !existsSync(`${this.root}/${name}`) && cancel?.isCancelled !== true) await pause(5);
    }
    if (cancel?.isCancelled === true) throw new Cancelled();
    const findings = [...this.#texts].flatMap(([path, text]) => [
      ...deadlines(path, text),
      ...this.#shared(path, text),
    ]);
    const configuration = this.#texts.get("faultline.jsonc");
    const problems =
      configuration === undefined || configuration.startsWith("{")
        ? []
        : [
            {
              path: "faultline.jsonc",
              at: 0,
              end: 1,
              message: "This is no JSON. The last valid configuration is in use.",
              severity: "error" as const,
            },
          ];
    const analysis: Analysis = {
      version: (this.current?.version ?? 0) + 1,
      knowledge: knowledgeOf([...this.#texts.keys()]),
      findings: findings.filter(({ place }) => !isSuppressed(this.read(place.path) ?? "", place.at)),
      suppressed: [],
      faults: [],
      problems,
      stats: { files: this.#texts.size, fromCache: 0, parsed: this.#texts.size, timings: {} },
    };
    this.current = analysis;
    return analysis;
  }

  #shared(path: string, text: string): readonly Finding[] {
    return [...text.matchAll(/table\("(\w+)"\)/g)].flatMap((match) => {
      const others = [...this.#texts].filter(([other, held]) => other !== path && held.includes(match[0]));
      if (others.length === 0) return [];
      const related = others.map(([other, held]) => ({
        path: other,
        at: held.indexOf(match[0]),
        end: held.indexOf(match[0]) + 5,
        says: "also used here",
      }));
      return [
        finding({
          rule: "database/shared",
          place: { path, at: match.index, end: match.index + 5 },
          confidence: "likely",
          related,
          fixes: [],
        }),
      ];
    });
  }
}

function calls(text: string, path: string): readonly Place[] {
  return [...text.matchAll(/\bfetch\(([^(),]+)\)/g)].map(({ index }) => ({ path, at: index, end: index + 5 }));
}

function deadlines(path: string, text: string): readonly Finding[] {
  return calls(text, path).map((place, ordinal) => {
    const close = text.indexOf(")", place.at);
    const edits = (create: boolean, at: number, added: string, file: string) => ({
      path: file,
      create,
      changes: [{ at, end: at, text: added }],
    });
    const deadline = edits(false, close, ", { signal: AbortSignal.timeout(2000) }", path);
    const fixes: readonly FixOffer[] = [
      {
        id: "deadline",
        title: "Add a deadline of 2000 ms",
        kind: "safe",
        build: () => ({ ok: true, edits: [deadline] }),
      },
      {
        id: "review",
        title: "Add a deadline of 3000 ms",
        kind: "review",
        build: () => ({ ok: true, edits: [deadline] }),
      },
      {
        id: "breaker",
        title: "Wrap in a circuit breaker…",
        kind: "scaffold",
        build: (context) =>
          context.exists("breaker.ts")
            ? { ok: false, reason: "breaker.ts is there already" }
            : { ok: true, edits: [deadline, edits(true, 0, "export const breaker = 1;\n", "breaker.ts")] },
      },
    ];
    return finding({ rule: "timeout/missing", place, confidence: "certain", related: [], fixes, ordinal });
  });
}

interface Made {
  readonly rule: string;
  readonly place: Place;
  readonly confidence: Confidence;
  readonly related: Finding["related"];
  readonly fixes: readonly FixOffer[];
  readonly ordinal?: number;
}

function finding({ ordinal = 0, ...made }: Made): Finding {
  return {
    ...made,
    severity: made.rule === "timeout/missing" ? "warning" : "error",
    data: {},
    evidence: [{ says: "called here", place: made.place }],
    anchor: "",
    symbol: "",
    wording: { what: `What of ${made.rule}`, why: "What happens in production.", instead: "What to do." },
    fingerprint: createHash("sha256").update(`${made.rule} ${made.place.path} ${ordinal}`).digest("hex").slice(0, 16),
  };
}

function isSuppressed(text: string, at: number): boolean {
  const before = text.slice(0, text.lastIndexOf("\n", at) + 1).trimEnd();
  return before.slice(before.lastIndexOf("\n") + 1).includes("faultline-ignore");
}

function knowledgeOf(paths: readonly string[]): Knowledge {
  const files = paths.map((path) => ({ path, kind: "code" as const, size: 0, modified: 0, scope: "service" as const }));
  const configuration = { rules: {}, exclude: [], services: [], ignore: [] };
  return {
    workspace: { root: "", files, packages: [], pathMappings: [], links: {}, configuration, problems: [] },
    model: {
      services: [],
      endpoints: [],
      stores: [],
      brokers: [],
      channels: [],
      externals: [],
      edges: [],
      accesses: [],
      blindSpots: [],
    },
    program: {
      sites: [],
      repetitions: [], attempts: [], idleSignals: [], deadOptions: [], races: [], openPools: [], fanOuts: [], briefBreakers: [], breakers: [], handmadeBreakers: [], borrowed: [], queues: [],
      library: () => undefined,
      function: () => undefined,
      reach: () => [],
      callersOf: () => [],
    callsTo: () => [],
      excludes: () => false,
      callsNamed: () => false,
      isReplayed: () => false,
      dependenciesOf: () => ({}),
      entries: [],
    },
    serviceOf: () => [],
    runsIn: () => "service",
    meshGuarded: new Set(),
    hops: [],
  };
}
