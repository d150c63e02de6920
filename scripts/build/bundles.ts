import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build, type BuildOptions, type Plugin } from "esbuild";
import { globSync } from "tinyglobby";
import { repository } from "../generate/generated-file.ts";
import { analyserVersion, buildVersion } from "./analyser-version.ts";
import { bareCompiler, compilerEntry, compilerOnDemand } from "./compiler-plugin.ts";

export interface Bundle {
  readonly path: string;
  readonly bytes: number;
}

const out = (name: string): string => join(repository, "dist", name);

/** Writes all of `dist/`; tells what, and how large. */
export async function bundleAll(): Promise<readonly Bundle[]> {
  rmSync(out(""), { recursive: true, force: true });
  mkdirSync(out(""), { recursive: true });
  // The package is ESM; what VS Code and worker threads load is not.
  writeFileSync(out("package.json"), `{ "type": "commonjs" }\n`);
  await Promise.all(bundles().map((options) => build(options)));
  writeLauncher();
  copyPages();
  return ["main.cjs", "compiler.cjs", "layout.cjs", "extension.cjs", "webview.js", "cli.js"]
    .filter((name) => existsSync(out(name)))
    .map((name) => ({ path: `dist/${name}`, bytes: statSync(out(name)).size }));
}

/** Files that the bundles are made of, relative to the repository. Writes nothing. */
export async function bundledFiles(): Promise<readonly string[]> {
  const results = await Promise.all(bundles().map((options) => build({ ...options, write: false, metafile: true })));
  return [...new Set(results.flatMap(({ metafile }) => Object.keys(metafile.inputs)))].sort();
}

function bundles(): readonly BuildOptions[] {
  return [mainBundle(), compilerBundle(), layoutBundle(), extensionBundle(), webviewBundle()];
}

function shared(): BuildOptions {
  return {
    absWorkingDir: repository,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    // Some packages' CommonJS requires its own files by computed names, which no bundler can follow.
    mainFields: ["module", "main"],
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    logLevel: "warning",
    // Modules of CommonJS make `import.meta.url` up from their own path; workers are started by it.
    define: { "import.meta.url": "faultlineUrl", FAULTLINE_ANALYSER: JSON.stringify(analyserVersion(repository)), FAULTLINE_BUILD: JSON.stringify(buildVersion(repository)) },
    banner: { js: `const faultlineUrl = require("node:url").pathToFileURL(__filename).href;` },
  };
}

function mainBundle(): BuildOptions {
  return { ...shared(), entryPoints: ["src/main.ts"], outfile: out("main.cjs"), plugins: [compilerOnDemand, layoutOnDemand, withoutSideEffects] };
}

function compilerBundle(): BuildOptions {
  return {
    ...shared(),
    stdin: { contents: compilerEntry, resolveDir: repository, loader: "js" },
    outfile: out("compiler.cjs"),
    minifyIdentifiers: true,
    plugins: [bareCompiler, withoutSideEffects],
  };
}

function extensionBundle(): BuildOptions {
  return {
    ...shared(),
    entryPoints: ["src/extension/extension.ts"],
    outfile: out("extension.cjs"),
    external: ["vscode"],
    minifyIdentifiers: true,
    plugins: [withoutSideEffects],
  };
}

/** The layout library carries its WebAssembly as text: it is read by whoever draws, and by nobody else. */
function layoutBundle(): BuildOptions {
  return { ...shared(), entryPoints: [layoutLibrary], outfile: out("layout.cjs") };
}

/** What runs in the editor's page. No Node there, and nothing that the page's policy would refuse. */
function webviewBundle(): BuildOptions {
  return {
    absWorkingDir: repository,
    bundle: true,
    platform: "browser",
    format: "iife",
    target: "chrome120",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    entryPoints: ["src/webview/main.ts"],
    outfile: out("webview.js"),
  };
}

const layoutLibrary = "@hpcc-js/wasm-graphviz";

const layoutOnDemand: Plugin = {
  name: "layout-on-demand",
  setup(builder) {
    builder.onResolve({ filter: /^@hpcc-js\/wasm-graphviz$/ }, () => ({ path: "./layout.cjs", external: true }));
  },
};

/** What a room's face exports and nobody uses is left out, whatever it would load. */
const withoutSideEffects: Plugin = {
  name: "without-side-effects",
  setup(builder) {
    builder.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir, kind }) => {
      if (kind === "entry-point" || path.endsWith("/parse.ts") || path.endsWith("parse-worker.ts")) return undefined;
      return { path: join(resolveDir, path), sideEffects: false };
    });
  },
};

/** What a shell and other programs call. */
function writeLauncher(): void {
  writeFileSync(out("cli.js"), `#!/usr/bin/env node\nrequire("./main.cjs");\n`);
  chmodSync(out("cli.js"), 0o755);
}

/** The rules' pages, for the extension to show: `dist/rules/<pattern>/<flaw>.md`. */
function copyPages(): void {
  for (const page of globSync("*/*.md", { cwd: join(repository, "src/patterns") })) {
    const target = out(`rules/${page}`);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(join(repository, "src/patterns", page), target);
  }
}
