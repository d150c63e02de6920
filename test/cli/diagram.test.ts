import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../src/cli/index.ts";
import { cleanUp, folderOf } from "../engine/small-system.ts";
import { twoServices } from "../diagram/small-system.ts";

async function diagram(...args: readonly string[]): Promise<{ readonly status: number; readonly out: string; readonly said: string }> {
  let [out, said] = ["", ""];
  const output = { print: async (text: string) => void (out += text), say: (line: string) => void (said += `${line}\n`), colors: false, width: 100, isWatched: false };
  const status = await run(["diagram", ...args, "--no-cache", "--workers", "0"], "1.2.3", output);
  return { status, out, said };
}

const system = twoServices(`await fetch("http://payments:3000/charge", { method: "POST" });`);

describe("faultline diagram", () => {
  afterEach(cleanUp);

  it("writes only what was asked for", async () => {
    const { status, out } = await diagram(folderOf(system), "--format", "likec4", "--focus", "payments", "--depth", "0");
    assert.equal(status, 0);
    assert.match(out, /service_payments/);
    assert.doesNotMatch(out, /orders/);
  });

  it("says that a name is on no map, and which was meant", async () => {
    const { status, said } = await diagram(folderOf(system), "--service", "paymnts");
    assert.deepEqual([status, said], [2, "faultline: Nothing on the map is called paymnts (did you mean `payments`?).\n"]);
  });

  it("tells nothing and ends with 0 against the model that it wrote itself", async () => {
    const root = folderOf(system);
    const file = join(root, "shop.dsl");
    writeFileSync(file, (await diagram(root, "--format", "structurizr")).out);
    assert.deepEqual(await diagram(root, "--against", file), { status: 0, out: "", said: `faultline: the code is as ${file} declares it\n` });
  });

  it("tells each difference at its line and ends with 1 against another", async () => {
    const root = folderOf(system);
    const file = join(root, "shop.c4");
    writeFileSync(file, "model {\n  orders = service\n  billing = service\n}\n");
    const { status, out } = await diagram(root, "--against", file);
    assert.deepEqual([status, out.split("\n")], [1, [`${file}:1:1: The service payments is in the code and not declared here.`, `${file}:3:3: \`billing\` is declared, and nothing in the code is called that.`, ""]]); // prettier-ignore
  });

  it("ends with 2 and the place where the declared model cannot be read", async () => {
    const root = folderOf(system);
    const file = join(root, "shop.c4");
    writeFileSync(file, "model {\n  a -> b\n}");
    assert.deepEqual(await diagram(root, "--against", file), { status: 2, out: "", said: `faultline: ${file}:2:3: \`a\` is used here and declared nowhere in this file.\n` });
  });
});
