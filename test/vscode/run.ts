/**
 * Tests inside a real VS Code: `tsx test/vscode/run.ts [current|oldest]`. With `VSCODE_TEST_HOST=electron` the same tests run
 * in a desktop VS Code that `@vscode/test-electron` downloads.
 */
import { join } from "node:path";
import { runTests } from "@vscode/test-electron";
import { repository } from "../../scripts/generate/generated-file.ts";
import { runInHost } from "./host/run-in-host.ts";
import { builtExtension, bundledHostTests } from "./host/stage.ts";

const workspace = join(repository, "test", "vscode", "workspace");
const extension = await builtExtension();
const tests = await bundledHostTests();
process.exitCode = process.env["VSCODE_TEST_HOST"] === "electron" ? await onDesktop() : await inCodeServer();

async function inCodeServer(): Promise<number> {
  const version = process.argv[2] === "oldest" ? "oldest" : "current";
  const artifacts = join(repository, "artifacts", `in-host-${version}`);
  const result = await runInHost({ version, extension, tests, workspace, opens: "demo.code-workspace", artifacts });
  for (const test of result.tests)
    console.log(
      `${test.state === "passed" ? "✔" : "✖"} ${test.title}${test.error === undefined ? "" : `\n${test.error}`}`,
    );
  console.log(`VS Code ${result.vscode}, Node.js ${result.node}: ${result.passed} passed, ${result.failed} failed`);
  return result.failed === 0 ? 0 : 1;
}

async function onDesktop(): Promise<number> {
  try {
    return await runTests({
      version: process.env["VSCODE_VERSION"] ?? "stable",
      extensionDevelopmentPath: extension,
      extensionTestsPath: tests,
      launchArgs: [join(workspace, "demo.code-workspace"), "--disable-extensions", "--disable-workspace-trust"],
    });
  } catch (error) {
    console.error(`Desktop VS Code: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  }
}
