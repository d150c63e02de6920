import { cacheFolder, createSession, threadCount, verdictOf, type Analysis, type Progress, type Session, type Verdict } from "../engine/index.ts";
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
  /** The files will be changed, and looked at again. */
  readonly edits?: boolean;
}

export interface Analysed {
  readonly session: Session;
  readonly analysis: Analysis;
  readonly milliseconds: number;
}

/** What was found in a folder. */
export interface Judged {
  readonly session: Session;
  readonly verdict: Verdict;
  readonly milliseconds: number;
}

/** Analyses a folder, hands the result to `use`, and cleans up whatever happens. */
export function analysed(folder: string, flags: AnalysisFlags, output: Output, use: (analysed: Analysed) => Promise<number>): Promise<number> {
  return withSession(folder, flags, output, async (session, done) => {
    const analysis = await session.open();
    return { verdict: verdictOf(analysis), result: await use({ session, analysis, milliseconds: done() }) };
  });
}

/** The same for what was found alone: where nothing has changed since the last time, that still holds. */
export function judged(folder: string, flags: AnalysisFlags, output: Output, use: (judged: Judged) => Promise<number>): Promise<number> {
  return withSession(folder, flags, output, async (session, done) => {
    const verdict = (await session.recall()) ?? verdictOf(await session.open());
    return { verdict, result: await use({ session, verdict, milliseconds: done() }) };
  });
}

type Work = (session: Session, done: () => number) => Promise<{ readonly verdict: Verdict; readonly result: number }>;

async function withSession(folder: string, flags: AnalysisFlags, output: Output, work: Work): Promise<number> {
  const began = performance.now();
  const progress = progressLine(output);
  const session = createSession({
    root: existingFolder(folder),
    workers: flags.workers ?? threadCount(),
    once: flags.edits !== true,
    ...(flags.cache ? { cacheDirectory: flags.cacheDir ?? cacheFolder() } : {}),
    onProgress: progress.show,
    log: (line) => output.say(`faultline: ${line}`),
  });
  try {
    const { verdict, result } = await work(session, () => {
      progress.clear();
      return performance.now() - began;
    });
    if (flags.timing === true) output.say(timingTable(verdict));
    return worst(result, verdict, output);
  } finally {
    await session.dispose();
  }
}

/** A fault of ours, or a broken configuration, outranks what was found: the result may be incomplete. */
function worst(result: number, { faults, problems, configuration }: Verdict, output: Output): number {
  const [fault] = faults;
  if (fault !== undefined) {
    output.say(`faultline: the rule ${fault.rule} failed and was left out, which is a fault of Faultline: ${fault.message}`);
    return status.fault;
  }
  const broken = problems.find((problem) => problem.severity === "error" && problem.path === configuration);
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

function timingTable({ stats }: Verdict): string {
  const rows = Object.entries(stats.timings).map(([stage, ms]) => `${ms.toFixed(1).padStart(10)} ms  ${stage}`);
  return [...rows, `${stats.files} files: ${stats.fromCache} from the cache, ${stats.parsed} parsed`].join("\n");
}
