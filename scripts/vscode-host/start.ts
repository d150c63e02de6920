/** Starts an installed code-server on loopback, and waits until VS Code itself answers. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { HostPaths } from "./install.ts";

export interface StartOptions {
  readonly host: HostPaths;
  /** All state goes below it: settings, extensions, home. */
  readonly state: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly extraArguments?: readonly string[];
  readonly port?: number;
}

export interface RunningHost {
  readonly child: ChildProcess;
  readonly port: number;
  readonly data: string;
  readonly log: () => string;
  /** Ends the process and all that it started. */
  readonly kill: (signal: NodeJS.Signals) => void;
}

/** Settings that keep a throw-away window quiet and its files as they are typed. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "workbench.startupEditor": "none",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  // A workbench in a browser saves by itself unless told not to.
  "files.autoSave": "off",
  "git.enabled": false,
  "typescript.disableAutomaticTypeAcquisition": true,
  "editor.minimap.enabled": false,
};

/** The arguments and environment that every call of a code-server with this state takes. */
export function hostCall({ host, state, env = {} }: Pick<StartOptions, "host" | "state" | "env">): {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
} {
  const full: NodeJS.ProcessEnv = { ...process.env, ...env, HOME: state, EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  full["PATH"] = `${dirname(host.node)}${delimiter}${process.env["PATH"] ?? ""}`;
  // What npm and the test runner set for their children must not reach the extension host.
  for (const name of Object.keys(full))
    if (/^(?:NODE_TEST_CONTEXT|NODE_OPTIONS|NODE_V8_COVERAGE|npm_.*|VSCODE_.*)$/.test(name)) delete full[name];
  const args = [
    host.entry,
    "--config",
    join(state, "config.yaml"),
    "--user-data-dir",
    join(state, "data"),
    "--extensions-dir",
    join(state, "extensions"),
  ];
  return { args, env: full };
}

/** Makes the state's folders and files. */
export function prepareState(state: string, settings: Readonly<Record<string, unknown>>): void {
  mkdirSync(join(state, "data", "User"), { recursive: true });
  mkdirSync(join(state, "extensions"), { recursive: true });
  writeFileSync(join(state, "config.yaml"), "");
  writeFileSync(join(state, "data", "User", "settings.json"), JSON.stringify(settings, undefined, 2));
}

/** True where this code-server takes VS Code's own options. */
export function hasVscodeOption({ entry }: HostPaths): boolean {
  return readFileSync(join(dirname(entry), "cli.js"), "utf8").includes("vscode-option");
}

export async function startHost(options: StartOptions): Promise<RunningHost> {
  const port = options.port ?? (await freePort());
  const { args, env } = hostCall(options);
  const quiet = [
    "--auth",
    "none",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-workspace-trust",
    "--disable-getting-started-override",
  ];
  const all = [...args, "--bind-addr", `127.0.0.1:${port}`, ...quiet, ...(options.extraArguments ?? [])];
  // A process group of its own, so that all that it starts can be ended with it.
  const child = spawn(options.host.node, all, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  let log = "";
  child.stdout.on("data", (data: Buffer) => (log += data.toString()));
  child.stderr.on("data", (data: Buffer) => (log += data.toString()));
  const running: RunningHost = { child, port, data: join(options.state, "data"), log: () => log, kill };
  // The health check answers for code-server alone; VS Code is loaded by the first page that is asked for.
  for (const page of ["/healthz", "/"]) await answered(`http://127.0.0.1:${port}${page}`, running);
  return running;

  function kill(signal: NodeJS.Signals): void {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended by itself.
    }
  }
}

async function answered(url: string, { child, kill, log }: RunningHost): Promise<void> {
  const tries = 600;
  for (let attempt = 0; attempt < tries && child.exitCode === null; attempt++) {
    if (
      await fetch(url).then(
        (response) => response.ok,
        () => false,
      )
    )
      return;
    await pause(100);
  }
  kill("SIGKILL");
  throw new Error(`VS Code did not start.\n${log().slice(-3000)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port on loopback");
  return address.port;
}
