#!/usr/bin/env node
// `npm test`: everything that can be proved on this machine, from a fresh clone on. Plain JavaScript: it runs before anything is
// installed. Ends with `N passed, N failed`.
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ready } from "./ready.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const bin = (name) => `node_modules/.bin/${name}`;
const rooms = "test/{bench,catalog,cli,diagram,engine,fixes,house,model,patterns,report,scripts,server,support,syntax,systems,webview,workspace}/**/*.test.ts";
const stages = [
  { title: "Types", run: ["npm", "run", "-s", "typecheck"] },
  { title: "Generated files are fresh", run: [bin("tsx"), "scripts/generate.ts", "--check"] },
  { title: "Build", run: [bin("tsx"), "scripts/build.ts"] },
  { title: "Rooms of the house, language server and command line", run: [bin("mocha"), rooms] },
  { title: "Inside the newest VS Code", run: [bin("tsx"), "test/vscode/run.ts", "current"] },
  { title: "Inside the oldest VS Code that the manifest promises", run: [bin("tsx"), "test/vscode/run.ts", "oldest"] },
  { title: "A person's session on the packed extension", run: [bin("mocha"), "--retries", "2", "test/vscode/ui/**/*.test.ts"] },
];

const missing = ready({ browser: true });
if (missing !== undefined) {
  console.error(missing);
  process.exit(1);
}
const total = { passed: 0, failed: 0 };
for (const [index, stage] of stages.entries()) {
  console.log(`\n[${index + 1}/${stages.length}] ${stage.title}`);
  const { status, output } = await run(stage.run);
  const counted = count(output);
  // A stage that ran no test of its own counts as one; a crash is a failure whatever was counted before it.
  total.passed += counted.passed + (counted.passed === 0 && status === 0 ? 1 : 0);
  total.failed += counted.failed + (counted.failed === 0 && status !== 0 ? 1 : 0);
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed === 0 ? 0 : 1);

function run([command, ...args]) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (data) => {
        output += data;
        process.stdout.write(data);
      });
    }
    child.on("close", (status) => done({ status: status ?? 1, output }));
  });
}

/** mocha's summary, and the one of the tests inside VS Code. */
function count(output) {
  const sum = (pattern) => [...output.matchAll(pattern)].reduce((all, [, n]) => all + Number(n), 0);
  return { passed: sum(/^\s*(\d+) passing/gm) + sum(/: (\d+) passed, \d+ failed$/gm), failed: sum(/^\s*(\d+) failing/gm) + sum(/: \d+ passed, (\d+) failed$/gm) };
}
