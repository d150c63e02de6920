import { readFileSync } from "node:fs";
import { catalog } from "../catalog/index.ts";
import { buildKnowledge, buildKnowledgeOnce } from "../model/index.ts";
import { rules } from "../patterns/rules.generated.ts";
import { nodeHost } from "../workspace/index.ts";
import type { Session, SessionOptions } from "./analysis.ts";
import type { EngineHost } from "./overlay-host.ts";
import type { Parts } from "./parts.ts";
import { packCache } from "./pack-cache.ts";
import { poolParser } from "./pool-parser.ts";
import { EngineSession } from "./session.ts";
import { noCache } from "./summary-cache.ts";
import { threadParser } from "./thread-parser.ts";
import { noVerdicts } from "./verdict.ts";
import { verdictFile } from "./verdict-file.ts";

declare const FAULTLINE_BUILD: string | undefined;

/** Set by the build from all sources; from source, what was found is not kept. */
const build = typeof FAULTLINE_BUILD === "string" ? FAULTLINE_BUILD : undefined;

/** A session over a folder. Nothing is read before `open`. */
export function createSession(options: SessionOptions, parts: Partial<Parts> = {}): Session {
  return new EngineSession({ ...options, today: options.today ?? localDate(new Date()) }, { ...defaultParts(options), ...parts });
}

function defaultParts({ root, workers, cacheDirectory, once = false, log = () => undefined }: SessionOptions): Parts {
  return {
    host: diskHost(root),
    parser: workers === 0 ? threadParser() : poolParser(workers),
    openCache: (absolute) => (cacheDirectory === undefined ? noCache : packCache({ folder: cacheDirectory, root: absolute, now: Date.now, log })),
    openVerdicts: (absolute) => (cacheDirectory === undefined || build === undefined ? noVerdicts : verdictFile({ folder: cacheDirectory, root: absolute, version: build, log })),
    catalog,
    rules,
    buildKnowledge: once ? buildKnowledgeOnce : buildKnowledge,
    now: () => performance.now(),
    clock: Date.now,
  };
}

function diskHost(root: string): EngineHost {
  const host = nodeHost(root);
  return { ...host, readNow: (path) => readFileSync(host.root.endsWith("/") ? host.root + path : `${host.root}/${path}`) };
}

/** The day as the user's calendar shows it. */
function localDate(now: Date): string {
  const pad = (part: number): string => String(part).padStart(2, "0");
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
