/** Runs a test module inside the extension host of a real VS Code: what `@vscode/test-electron` does, without a desktop. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "node:util";
import type { Page } from "playwright-core";
import { openBrowser } from "./browser.ts";
import { copyWorkspace, HostServer, type HostServerOptions } from "./host-server.ts";
import type { HostResult } from "./result.ts";

export interface HostRun {
  readonly version: HostServerOptions["version"];
  readonly extension: string;
  readonly tests: string;
  readonly workspace: string;
  /** What to open of the workspace's copy: a `.code-workspace` file, or the folder itself. */
  readonly opens?: string;
  readonly artifacts: string;
}

const longest = 180_000;

export async function runInHost(run: HostRun): Promise<HostResult> {
  const folder = copyWorkspace(run.workspace);
  const resultFile = `${folder}.result.json`;
  const lines: string[] = [];
  const env = { FAULTLINE_TEST_RESULT: resultFile, FAULTLINE_TEST_GREP: process.env["FAULTLINE_TEST_GREP"] ?? "" };
  const server = await HostServer.start({ version: run.version, driver: "on", env });
  const browser = await openBrowser();
  try {
    const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 } })).newPage();
    await server.enableDriver(page);
    const code = await ended(page, server);
    const result = readResult();
    if (result === undefined) throw new Error("The extension host ended without a result.");
    // Both must agree: a module that ran no test ends well, too.
    if (code === 0 && result.failed === 0 && result.passed > 0) return result;
    await keep(page);
    return { ...result, failed: Math.max(1, result.failed) };
  } catch (error) {
    throw new Error(
      `${String(error)}\n--- console ---\n${lines.slice(-40).join("\n")}\n--- server ---\n${server.log().slice(-3000)}`,
    );
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
    rmSync(resultFile, { force: true });
  }

  async function ended(page: Page, host: HostServer): Promise<number> {
    let timer: NodeJS.Timeout | undefined;
    const exit = new Promise<number>((resolve, reject) => {
      timer = setTimeout(() => {
        void keep(page).then(() => reject(new Error("The tests did not end.")));
      }, longest);
      page.on("crash", () => reject(new Error("The page crashed.")));
      void open(resolve).catch(reject);
    });
    return exit.finally(() => clearTimeout(timer));

    // The workbench calls the first for each console line, and the second when the extension host ends.
    async function open(exited: (code: number) => void): Promise<void> {
      await page.exposeFunction("codeAutomationLog", (type: string, args: readonly unknown[]) =>
        lines.push(`[${type}] ${format(...args)}`),
      );
      await page.exposeFunction("codeAutomationExit", exited);
      const opened = run.opens === undefined ? folder : join(folder, run.opens);
      await page.goto(
        host.url(opened, [
          ["extensionDevelopmentPath", host.remote(run.extension)],
          ["extensionTestsPath", host.remote(run.tests)],
          ["skipWelcome", "true"],
        ]),
      );
    }
  }

  function readResult(): HostResult | undefined {
    return existsSync(resultFile) ? (JSON.parse(readFileSync(resultFile, "utf8")) as HostResult) : undefined;
  }

  async function keep(page: Page): Promise<void> {
    mkdirSync(run.artifacts, { recursive: true });
    await page.screenshot({ path: join(run.artifacts, "host.png") });
    writeFileSync(join(run.artifacts, "console.log"), lines.join("\n"));
    const logs = join(server.data, "logs");
    if (existsSync(logs)) cpSync(logs, join(run.artifacts, "logs"), { recursive: true });
  }
}
