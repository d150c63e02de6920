/** Entry of the tests inside the extension host. The same bundle serves code-server and a desktop VS Code. */
import { writeFileSync } from "node:fs";
import Mocha from "mocha";
import * as vscode from "vscode";
import type { HostResult } from "../host/result.ts";

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: "bdd", timeout: 30_000, color: false, grep: process.env["FAULTLINE_TEST_GREP"] ?? "" });
  // The bundle holds the tests: they register themselves in the globals that mocha has just set.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await import("./editor.test.ts");
  await import("./map.test.ts");
  const result = await finished(mocha);
  const file = process.env["FAULTLINE_TEST_RESULT"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} failed`);
}

function finished(mocha: Mocha): Promise<HostResult> {
  const tests: HostResult["tests"][number][] = [];
  return new Promise((resolve) => {
    mocha
      .run(() =>
        resolve({
          vscode: vscode.version,
          node: process.version,
          passed: count("passed"),
          failed: count("failed"),
          tests,
        }),
      )
      .on("pass", (test) => tests.push({ title: test.fullTitle(), state: "passed", ms: test.duration ?? 0 }))
      .on("fail", (test, error: Error) =>
        tests.push({
          title: test.fullTitle(),
          state: "failed",
          ms: test.duration ?? 0,
          error: error.stack ?? error.message,
        }),
      );
  });

  function count(state: "passed" | "failed"): number {
    return tests.filter((test) => test.state === state).length;
  }
}
