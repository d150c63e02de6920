/** One throw-away VS Code on loopback, with state of its own. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Page } from "playwright-core";
import { hostVersions, installHost } from "../../../scripts/vscode-host/install.ts";
import {
  hasVscodeOption,
  hostCall,
  prepareState,
  quietSettings,
  startHost,
  type RunningHost,
} from "../../../scripts/vscode-host/start.ts";

export interface HostServerOptions {
  readonly version: keyof typeof hostVersions;
  readonly vsix?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /**
   * VS Code's smoke-test driver. A built VS Code obeys `extensionDevelopmentPath` and `extensionTestsPath` only with it. It
   * also holds notifications back.
   */
  readonly driver: "on" | "off";
}

export type Payload = readonly (readonly [string, string])[];

export class HostServer {
  readonly #running: RunningHost;
  readonly #state: string;
  readonly #drivesByPage: boolean;
  readonly #onExit = (): void => this.#running.kill("SIGKILL");

  private constructor(running: RunningHost, state: string, drivesByPage: boolean) {
    this.#running = running;
    this.#state = state;
    this.#drivesByPage = drivesByPage;
    process.once("exit", this.#onExit);
  }

  static async start(options: HostServerOptions): Promise<HostServer> {
    const host = installHost(hostVersions[options.version]);
    const state = mkdtempSync(join(tmpdir(), "faultline-host-"));
    prepareState(state, { ...quietSettings, ...options.settings });
    const env = options.env ?? {};
    const { args, env: fullEnv } = hostCall({ host, state, env });
    for (const file of options.vsix ?? [])
      execFileSync(host.node, [...args, "--install-extension", resolve(file), "--force"], {
        env: fullEnv,
        stdio: "pipe",
      });
    const isDriven = options.driver === "on";
    const byOption = isDriven && hasVscodeOption(host);
    const extraArguments = byOption ? ["--vscode-option", "enable-smoke-test-driver"] : [];
    return new HostServer(await startHost({ host, state, env, extraArguments }), state, isDriven && !byOption);
  }

  get data(): string {
    return this.#running.data;
  }

  log(): string {
    return this.#running.log();
  }

  /** Address of the workbench on a folder or a `.code-workspace` file. */
  url(folder: string, payload: Payload = []): string {
    const url = new URL(`http://127.0.0.1:${this.#running.port}`);
    url.searchParams.set(folder.endsWith(".code-workspace") ? "workspace" : "folder", resolve(folder));
    if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
    return url.href;
  }

  /** A local path as the workbench in the browser names it. */
  remote(file: string): string {
    return `vscode-remote://127.0.0.1:${this.#running.port}${resolve(file)}`;
  }

  /** For a code-server that has no option for the driver: sets it in the page's configuration. Before `goto`. */
  async enableDriver(page: Page): Promise<void> {
    if (!this.#drivesByPage) return;
    // A text, since it runs in the page, which knows nothing of this module.
    await page.addInitScript(`{
      const get = Element.prototype.getAttribute;
      Element.prototype.getAttribute = function (name) {
        const value = get.call(this, name);
        if (name !== "data-settings" || this.id !== "vscode-workbench-web-configuration" || !value) return value;
        const config = JSON.parse(value);
        config.developmentOptions = { ...config.developmentOptions, enableSmokeTestDriver: true };
        return JSON.stringify(config);
      };
    }`);
  }

  /** Settings of the user, in force at once. */
  configure(settings: Readonly<Record<string, unknown>>): void {
    prepareState(this.#state, { ...quietSettings, ...settings });
  }

  async stop(): Promise<void> {
    process.off("exit", this.#onExit);
    const { child, kill } = this.#running;
    const gone = child.exitCode === null ? once(child, "exit") : Promise.resolve();
    kill("SIGTERM");
    await Promise.race([gone, pause(1000, undefined, { ref: false })]);
    kill("SIGKILL");
    await gone;
    rmSync(this.#state, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  }
}

/** A throw-away copy of a workspace. */
export function copyWorkspace(from: string): string {
  const to = mkdtempSync(join(tmpdir(), "faultline-workspace-"));
  cpSync(from, to, { recursive: true });
  return to;
}
