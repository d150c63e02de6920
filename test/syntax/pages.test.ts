import assert from "node:assert/strict";
import { summarize, type CodeSummary } from "../../src/syntax/index.ts";

function summaryOf(text: string, page: boolean, path = "a.tsx"): CodeSummary {
  const summary = summarize(path, "code", Buffer.from(text), { page });
  if (summary.kind !== "code") throw new Error(`not code: ${summary.kind}`);
  return summary;
}

const quiet = `import { useState } from "react";
import type { Flag } from "./flag";
const Chart = lazy(() => import("./chart"));
export const Switch = ({ flag }: { flag: Flag }) => { const [on, set] = useState(flag.on); return <input value="it's" onChange={() => set(!on)} />; };
`;

describe("a file of an application that browsers run", () => {
  it("is told in outline where it calls nobody: what it imports, and that it draws", () => {
    const { imports, functions, exports, jsx } = summaryOf(quiet, true);
    assert.deepEqual(imports.map(({ specifier }) => specifier), ["react", "./flag", "./chart"]);
    assert.deepEqual([functions.map(({ calls }) => calls), exports, jsx], [[[]], [], true]);
  });

  it("is told in full in a package that a server runs", () => {
    assert.equal(summaryOf(quiet, false).functions.length, 4);
  });

  const telling: Readonly<Record<string, string>> = {
    "calls a client": `export const load = () => fetch(url);`,
    "calls a method that clients have": `export const load = () => api.get(url);`,
    "makes an instance": `export const api = axios.create();`,
    "holds an address": `export const base = "https://orders.example";`,
    "holds a path": "export const one = (id: string) => `/orders/${id}`;",
    "reads the environment": `export const base = import.meta.env.VITE_BASE;`,
    "hands on what others export": `export { api } from "./client";\nconst x = 1;`,
    "hands on all that others export": `export * from "./client";`,
    "loads what runs in Node": `import { readFileSync } from "node:fs";`,
    "silences a rule": `// faultline-ignore-next-line timeout/missing: none\nrun();`,
  };
  for (const [what, text] of Object.entries(telling)) {
    it(`is told in full where it ${what}`, () => {
      assert.deepEqual(summaryOf(text, true, "a.ts"), summaryOf(text, false, "a.ts"));
    });
  }
});
