/** Bundles the VS Code front door and copies the rules' pages beside it. */
import { build, type BuildOptions, type BuildResult } from "esbuild";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { globSync } from "tinyglobby";
import { repository } from "../generate/generated-file.ts";

/** How every bundle is made: CommonJS, since the oldest VS Code that we promise loads nothing else. */
export function bundleOptions(entry: string, outfile: string): BuildOptions & { readonly metafile: true } {
  return {
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    // The `module` field first: the `main` of jsonc-parser is UMD, whose requires a bundler cannot follow.
    mainFields: ["module", "main"],
    minify: true,
    keepNames: true,
    legalComments: "none",
    metafile: true,
    logLevel: "warning",
    define: { "import.meta.url": "__importMetaUrl" },
    banner: { js: 'const __importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  };
}

/** `dist/extension.cjs`. */
export function buildExtension(dist: string): Promise<BuildResult<{ metafile: true }>> {
  return build(bundleOptions("src/extension/index.ts", join(dist, "extension.cjs")));
}

/** `dist/rules/<pattern>/<flaw>.md`. */
export function copyRulePages(dist: string): void {
  rmSync(join(dist, "rules"), { recursive: true, force: true });
  const patterns = join(repository, "src/patterns");
  for (const page of globSync("*/*.md", { cwd: patterns })) {
    const to = join(dist, "rules", page);
    mkdirSync(dirname(to), { recursive: true });
    cpSync(join(patterns, page), to);
  }
}
