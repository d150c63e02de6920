/** The files that every contender is given: the code that `check` reads, and what is left out with the reason. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createResolver, nodeHost, openWorkspace, type FileScope } from "../src/workspace/index.ts";

export interface Counted {
  readonly files: number;
  readonly lines: number;
}

export interface BenchFiles {
  readonly root: string;
  /** Relative to the root, sorted. */
  readonly code: readonly string[];
  readonly counted: Counted;
  readonly leftOut: ReadonlyMap<FileScope, Counted>;
  /** The file that most others import. */
  readonly mostImported: string;
}

const COMPILED = /\.[cm]?[jt]sx?$/;

export async function benchFiles(folder: string): Promise<BenchFiles> {
  const workspace = await openWorkspace(nodeHost(folder));
  const code = workspace.files.filter((file) => file.kind === "code" && COMPILED.test(file.path));
  const resolve = createResolver(workspace);
  const leftOut = new Map<FileScope, Counted>();
  const imports = new Map<string, number>();
  const inScope: string[] = [];
  let lines = 0;
  for (const { path, scope } of code) {
    const text = readFileSync(join(workspace.root, path), "utf8");
    const count = text.split("\n").length;
    if (scope !== "service") {
      const before = leftOut.get(scope) ?? { files: 0, lines: 0 };
      leftOut.set(scope, { files: before.files + 1, lines: before.lines + count });
      continue;
    }
    inScope.push(path);
    lines += count;
    for (const [, specifier = ""] of text.matchAll(/\bfrom\s+["']([^"']+)["']/g)) {
      const target = resolve(path, specifier);
      if (target.is === "file") imports.set(target.path, (imports.get(target.path) ?? 0) + 1);
    }
  }
  const known = new Set(inScope);
  const [mostImported] = [...imports].filter(([path]) => known.has(path)).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return { root: workspace.root, code: inScope, counted: { files: inScope.length, lines }, leftOut, mostImported: mostImported?.[0] ?? inScope[0] ?? "" };
}
