import type { Writable } from "node:stream";

/** Where a command writes, and what the place can show. */
export interface Output {
  /** Resolves once the text has left the process. */
  print(text: string): Promise<void>;
  /** One line for the user that is no result. */
  say(line: string): void;
  readonly colors: boolean;
  readonly width: number;
  /** Whether somebody watches: then progress is shown. */
  readonly isWatched: boolean;
}

interface Stream extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The streams of this process. A reader that hangs up early (`| head`) is no failure of ours. */
export function processOutput(stdout: Stream, stderr: Stream, environment: Readonly<Record<string, string | undefined>>): Output {
  let isClosed = false;
  stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    isClosed = true;
  });
  stderr.on("error", () => undefined);
  return {
    print: (text) =>
      isClosed || text === "" ? Promise.resolve() : new Promise((resolve) => void stdout.write(text, () => resolve())),
    say: (line) => void stderr.write(`${line}\n`),
    colors: hasColors(stdout, environment),
    width: Math.max(40, Math.min(stdout.columns ?? 100, 120)),
    isWatched: stderr.isTTY === true && environment["CI"] === undefined,
  };
}

/** https://no-color.org, and its opposite. */
function hasColors({ isTTY }: Stream, environment: Readonly<Record<string, string | undefined>>): boolean {
  if ((environment["NO_COLOR"] ?? "") !== "") return false;
  if ((environment["FORCE_COLOR"] ?? "") !== "") return environment["FORCE_COLOR"] !== "0";
  return isTTY === true && environment["TERM"] !== "dumb";
}
