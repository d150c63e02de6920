/** Law 10: no import runs against the table of rooms, none in a circle. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { globSync } from "tinyglobby";
import { summarize } from "../../src/syntax/index.ts";

/** What each room may import from other rooms, as ARCHITECTURE.md has it. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  workspace: [],
  syntax: [],
  catalog: [],
  protocol: [],
  model: ["workspace", "syntax", "catalog", "protocol"],
  fixes: ["syntax", "model"],
  patterns: ["syntax", "catalog", "model", "fixes"],
  diagram: ["model", "protocol"],
  report: ["model", "protocol"],
  engine: ["workspace", "syntax", "catalog", "protocol", "model", "fixes", "patterns"],
  cli: ["engine", "report", "diagram", "fixes"],
  server: ["engine", "fixes", "diagram", "protocol"],
  extension: ["protocol"],
  webview: ["protocol"],
};
/** Front doors and reports name types of what passes through the engine; they run none of its code. */
const TYPES_OF: Readonly<Record<string, readonly string[]>> = { report: ["engine", "workspace"], server: ["model", "workspace"], cli: ["model", "protocol", "workspace"] };

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = globSync("src/**/*.ts").map((f) => f.replaceAll("\\", "/")).sort();
const imports = files.flatMap(importsOf);

function importsOf(from: string): readonly Import[] {
  const summary = summarize(from, "code", readFileSync(from));
  assert.equal(summary.kind, "code");
  const facts = summary.kind === "code" ? summary : undefined;
  const named = (facts?.imports ?? []).map((i) => ({ specifier: i.specifier, typeOnly: i.typeOnly }));
  const passed = (facts?.exports ?? []).flatMap((e) => (e.kind === "from" || e.kind === "star" ? [{ specifier: e.specifier, typeOnly: true }] : []));
  return [...named, ...passed].filter((i) => i.specifier.startsWith(".")).map((i) => ({ from, to: normalize(join(dirname(from), i.specifier)), typeOnly: i.typeOnly }));
}

function roomOf(path: string): string {
  return path.split("/")[1] ?? "";
}

describe("the house", () => {
  it("has no import against the table of rooms", () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [a, b] = [roomOf(from), roomOf(to)];
      if (a === b || !(a in MAY_IMPORT) || !(b in MAY_IMPORT)) return false;
      return !MAY_IMPORT[a]?.includes(b) && !(typeOnly && TYPES_OF[a]?.includes(b) === true);
    });
    assert.deepEqual(wrong.map((i) => `${i.from} → ${i.to}`), []);
  });

  it("has no circle of imports between files", () => {
    const next = new Map<string, string[]>();
    for (const { from, to, typeOnly } of imports) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
    assert.deepEqual(circles(next), []);
  });

  it("keeps the editor's and the compiler's names in their rooms", () => {
    const bare = files.flatMap((file) => {
      const summary = summarize(file, "code", readFileSync(file));
      return summary.kind === "code" ? summary.imports.map((i) => ({ file, specifier: i.specifier })) : [];
    });
    const outside = (name: RegExp, rooms: readonly string[]): readonly string[] => bare.filter((i) => name.test(i.specifier) && !rooms.includes(roomOf(i.file))).map((i) => i.file);
    assert.deepEqual(outside(/^vscode$/, ["extension"]), []);
    assert.deepEqual(outside(/^vscode-languageserver/, ["server", "protocol"]), []);
    assert.deepEqual(outside(/^(ts-morph|typescript)$/, ["syntax", "fixes"]), []);
  });

  it("reads neither disk, clock, chance nor environment between syntax and patterns (law 7)", () => {
    const pure = files.filter((f) => /^src\/(syntax|model|patterns|fixes|diagram)\//.test(f) && !/\/(?:template|variant)\//.test(f) && !f.endsWith(".generated.ts"));
    const reads = pure.filter((f) => {
      const summary = summarize(f, "code", readFileSync(f));
      if (summary.kind !== "code") return true;
      const calls = summary.functions.flatMap((fn) => fn.calls);
      return summary.imports.some((i) => /^(node:)?(fs|path|os|process|child_process|net|http)(\/|$)/.test(i.specifier) && !/path/.test(i.specifier)) || calls.some((c) => /^(Date\.now|Math\.random|process\.|new Date$|performance\.now)/.test(c));
    });
    assert.deepEqual(reads, []);
  });

  it("keeps files short: 400 lines, save for data and what is generated", () => {
    const long = files.filter((f) => !/\.(generated|data)\.ts$/.test(f) && readFileSync(f, "utf8").split("\n").length > 401);
    assert.deepEqual(long, []);
  });
});

/** Circles found by a walk over the imports, each as a list of files. */
function circles(next: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const state = new Map<string, "open" | "done">();
  const found: string[] = [];
  const visit = (file: string, path: readonly string[]): void => {
    if (state.get(file) === "done") return;
    if (state.get(file) === "open") {
      found.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    state.set(file, "open");
    for (const to of next.get(file) ?? []) visit(to, [...path, file]);
    state.set(file, "done");
  };
  for (const file of files) visit(file, []);
  return found;
}
