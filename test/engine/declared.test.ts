import assert from "node:assert/strict";
import { sessionOf } from "../support/memory-session.ts";
import type { Analysis } from "../../src/engine/index.ts";

const call = (target: string): string => `import express from "express";\nconst app = express();\napp.get("/", async (_q, r) => { await fetch("http://${target}:3000/x", { signal: AbortSignal.timeout(1000) }); r.end(); });\napp.listen(3000);\n`;

function system(configuration: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const parts = ["orders", "payments"].flatMap((name) => [
    [`services/${name}/Dockerfile`, "FROM node:20\nCMD node src/main.js\n"] as const,
    [`services/${name}/package.json`, JSON.stringify({ name })] as const,
    [`services/${name}/src/main.ts`, name === "orders" ? call("payments") : `import express from "express";\nexpress().listen(3000);\n`] as const,
  ]);
  return {
    "package.json": JSON.stringify({ name: "system", workspaces: ["services/*"] }),
    "compose.yaml": "services:\n  orders: { build: ./services/orders }\n  payments: { build: ./services/payments }\n",
    ...Object.fromEntries(parts),
    "faultline.jsonc": configuration,
    ...more,
  };
}

function problems({ problems }: Analysis, files: Readonly<Record<string, string>>): readonly string[] {
  return problems.filter(({ severity }) => severity !== "hint").map(({ path, at, end, message, severity }) => `${severity} ${path} [${files[path]?.slice(at, end) ?? ""}] ${message}`);
}

async function opened(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const session = sessionOf(files);
  const analysis = await session.open();
  await session.dispose();
  return problems(analysis, files);
}

const declared = `{ "declared": "docs/shop.c4" }`;
const asItIs = `model {\n  orders = service\n  payments = service\n  orders -> payments\n}\n`;

describe("a declared model that the configuration names", () => {
  it("says nothing where the code is as it declares", async () => assert.deepEqual(await opened(system(declared, { "docs/shop.c4": asItIs })), []));

  it("has the differences as problems, at their places in it", async () => {
    const files = system(declared, { "docs/shop.c4": `model {\n  orders = service\n  billing = service\n}\n` });
    assert.deepEqual(await opened(files), [
      "warning docs/shop.c4 [model] The service payments is in the code and not declared here.",
      "warning docs/shop.c4 [billing = service] `billing` is declared, and nothing in the code is called that.",
    ]);
  });

  it("that cannot be read has one problem, where it is broken", async () => {
    assert.deepEqual(await opened(system(declared, { "docs/shop.c4": "model {\n  orders = service {\n}" })), ["error docs/shop.c4 [{] This brace is never closed."]);
  });

  it("that is not there is told in the configuration", async () => {
    assert.deepEqual(await opened(system(declared)), ['error faultline.jsonc ["docs/shop.c4"] There is no file `docs/shop.c4`.']);
  });

  it("outside of the workspace is refused", async () => {
    assert.deepEqual(await opened(system(`{ "declared": "../shop.c4" }`)), ['error faultline.jsonc ["../shop.c4"] In `declared`, a path inside of the workspace belongs here.']);
  });

  it("is held against the code again after an edit of either", async () => {
    const files = system(declared, { "docs/shop.c4": asItIs });
    const session = sessionOf(files);
    await session.open();
    const less = await session.update([{ path: "docs/shop.c4", text: asItIs.replace("  orders -> payments\n", "") }]);
    assert.deepEqual(less.problems.map(({ message }) => message), ["The service orders calls the service payments in the code, and that is not declared."]);
    const moved = await session.update([{ path: "services/orders/src/main.ts", text: call("elsewhere.example") }]);
    assert.deepEqual(moved.problems.map(({ message }) => message), []);
    await session.dispose();
  });
});
