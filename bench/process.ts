/** Runs a program to its end and tells what it took, its children included. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Usage {
  /** Seconds. */
  readonly wall: number;
  /** Seconds in user and system mode, over all threads and children; undefined where GNU time is not installed. */
  readonly cpu: number | undefined;
  readonly megabytes: number | undefined;
  readonly output: string;
}

const TIME = "/usr/bin/time";

export function run(command: string, args: readonly string[], options: { readonly cwd: string; readonly scratch: string; readonly env?: Readonly<Record<string, string>> }): Promise<Usage> {
  const report = join(options.scratch, "usage.txt");
  const measured = existsSync(TIME);
  const [program, all] = measured ? [TIME, ["-f", "%U %S %M", "-o", report, command, ...args]] : [command, [...args]];
  const began = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(program, all, { cwd: options.cwd, env: { ...process.env, ...options.env }, stdio: ["ignore", "pipe", "ignore"] });
    const output: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
    child.on("error", reject);
    child.on("close", () => {
      const wall = (performance.now() - began) / 1000;
      const [user, system, kilobytes] = measured ? (readFileSync(report, "utf8").trim().split("\n").at(-1) ?? "").split(" ").map(Number) : [];
      resolve({ wall, cpu: user === undefined || system === undefined ? undefined : user + system, megabytes: kilobytes === undefined ? undefined : kilobytes / 1024, output: Buffer.concat(output).toString("utf8") });
    });
  });
}
