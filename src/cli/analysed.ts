import { cacheFolder, createSession, threadCount, type Analysis, type Progress, type Session } from "../engine/index.ts";
import { existingFolder } from "./folder.ts";
import type { Output } from "./output.ts";
import { status } from "./status.ts";

/** Options that every command which analyses takes. */
export interface AnalysisFlags {
  /** False with `--no-cache`. */
  readonly cache: boolean;
  readonly cacheDir?: string;
  readonly workers?: number;
  readonly timing?: boolean;
}

export interface Analysed {
  readonly session: Session;
  readonly analysis: Analysis;
  readonly milliseconds: number;
}

/** Analyses a folder, hands the result to `use`, and cleans up whatever happens. */
export async function analysed(folder: string, flags: AnalysisFlags, output: Output, use: (analysed: Analysed) => Promise<number>): Promise<number> {
  const began = performance.now();
  const progress = progressLine(output);
  const session = createSession({
    root: existingFolder(folder),
    workers: flags.workers ?? threadCount(),
    ...(flags.cache ? { cacheDirectory: flags.cacheDir ?? cacheFolder() } : {}),
    onProgress: progress.show,
    log: (line) => output.say(`faultline: ${line}`),
  });
  try {
    const analysis = await session.open();
    progress.clear();
    const result = await use({ session, analysis, milliseconds: performance.now() - began });
    if (flags.timing === true) output.say(timingTable(analysis));
    return worst(result, analysis, output);
  } finally {
    await session.dispose();
  }
}

/** A fault of ours, or a broken configuration, outranks what was found: the result may be incomplete. */
function worst(result: number, { faults, problems, knowledge }: Analysis, output: Output): number {
  const [fault] = faults;
  if (fault !== undefined) {
    output.say(`faultline: the rule ${fault.rule} failed and was left out, which is a fault of Faultline: ${fault.message}`);
    return status.fault;
  }
  const { path } = knowledge.workspace.configuration;
  const broken = problems.find((problem) => problem.severity === "error" && problem.path === path);
  if (broken === undefined) return result;
  output.say(`faultline: the configuration in ${broken.path} is broken: ${broken.message}`);
  return status.usage;
}

function progressLine({ isWatched }: Output): { readonly show: (progress: Progress) => void; readonly clear: () => void } {
  if (!isWatched) return { show: () => undefined, clear: () => undefined };
  let last = 0;
  return {
    show: ({ stage, done, total }) => {
      const now = performance.now();
      if (now - last < 50) return;
      last = now;
      process.stderr.write(`\r\x1b[K${stage}${total > 1 ? ` ${done} of ${total}` : ""}`);
    },
    clear: () => void process.stderr.write("\r\x1b[K"),
  };
}

function timingTable({ stats }: Analysis): string {
  const rows = Object.entries(stats.timings).map(([stage, ms]) => `${ms.toFixed(1).padStart(10)} ms  ${stage}`);
  return [...rows, `${stats.files} files: ${stats.fromCache} from the cache, ${stats.parsed} parsed`].join("\n");
}
