import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { PassThrough } from "node:stream";
import { processOutput } from "../../src/cli/index.ts";

const source = `
  import { processOutput } from ${JSON.stringify(new URL("../../src/cli/output.ts", import.meta.url).href)};
  const output = processOutput(process.stdout, process.stderr, process.env);
  await output.print("x".repeat(50_000_000) + "\\n");
  process.exit(7);
`;

/** Prints 50 MB in a process of its own; `reader` is what stands behind the pipe. */
function piped(reader: string): Promise<string> {
  const node = `${JSON.stringify(process.execPath)} --import tsx --input-type=module -e "$SOURCE"`;
  return new Promise((resolve) => {
    const shell = spawn("bash", ["-c", `{ ${node}; echo "status $?" >&2; } | ${reader}`], { env: { ...process.env, SOURCE: source } });
    let said = "";
    shell.stdout.on("data", (data: Buffer) => (said += data.toString()));
    shell.stderr.on("data", (data: Buffer) => (said += data.toString()));
    shell.on("close", () => resolve(said.replace(/\s+/g, " ").trim()));
  });
}

describe("output into a pipe", () => {
  it("is whole, however much it is, before the process ends", async () => {
    const said = await piped("(sleep 0.5; wc -c)");
    assert.deepEqual([said.includes("50000001"), said.includes("status 7")], [true, true]);
  });

  it("ends quietly, with its own status, where the reader hangs up", async () => {
    assert.equal(await piped("head -c 1 > /dev/null"), "status 7");
  });
});

describe("colours", () => {
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 200 });
  const cases = [
    ["a terminal", {}, true],
    ["NO_COLOR", { NO_COLOR: "1" }, false],
    ["a dumb terminal", { TERM: "dumb" }, false],
    ["FORCE_COLOR", { FORCE_COLOR: "1", TERM: "dumb" }, true],
  ] as const;
  for (const [name, environment, expected] of cases) {
    it(`follow ${name}`, () => assert.equal(processOutput(terminal, new PassThrough(), environment).colors, expected));
  }
});
