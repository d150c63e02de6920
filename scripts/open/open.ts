/** Builds Faultline and opens a folder in the VS Code that is there, or in the one from npm. */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { bundleAll } from "../build/bundles.ts";
import { pack } from "../build/pack.ts";
import { repository } from "../generate/generated-file.ts";
import { hostVersions, installHost } from "../vscode-host/install.ts";
import { hostCall, prepareState, quietSettings, startHost } from "../vscode-host/start.ts";

const folder = process.argv[2] ?? join(repository, "examples", "shop");

try {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Error(`There is no folder ${folder}.`);
  const code = desktopCode();
  if (code === undefined) await openEmbedded();
  else await openDesktop(code);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

function desktopCode(): string | undefined {
  const names = process.platform === "win32" ? ["code.cmd", "code.exe"] : ["code"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((each) => join(each, name))).find(existsSync);
}

async function openDesktop(code: string): Promise<void> {
  await bundleAll();
  const args = ["--new-window", `--extensionDevelopmentPath=${repository}`, folder];
  const { status } = spawnSync(code, args, { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) throw new Error(`${code} did not open: see above.`);
  console.log(`Opened ${folder} in VS Code with Faultline loaded.`);
}

async function openEmbedded(): Promise<void> {
  console.log("There is no `code` on the PATH: using the VS Code that npm has (code-server).");
  const host = installHost(hostVersions.current);
  const vsix = await pack();
  const state = join(repository, ".vscode-host", "demo");
  prepareState(state, quietSettings);
  const { args, env } = hostCall({ host, state });
  execFileSync(host.node, [...args, "--install-extension", vsix, "--force"], { env, stdio: "pipe" });
  const running = await startHost({ host, state });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => running.kill("SIGTERM"));
  const address = new URL(`http://127.0.0.1:${running.port}`);
  address.searchParams.set("folder", folder);
  console.log(`\nVS Code with Faultline is at\n\n  ${address.href}\n\nEnd it with Ctrl+C.`);
  await new Promise((resolve) => running.child.once("exit", resolve));
}
