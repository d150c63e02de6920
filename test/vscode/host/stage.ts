/** Builds the extension into a folder of its own, as it is packed, and packs it. */
import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildExtension, bundleOptions, copyRulePages } from "../../../scripts/build/extension.ts";
import { repository } from "../../../scripts/generate/generated-file.ts";

const packed = ["package.json", "package.nls.json", "LICENSE", "README.md", "THIRD-PARTY-NOTICES.md", ".vscodeignore", "media", "snippets"];

/** A folder with the extension and the server over the tests' own engine. */
export async function stageExtension(): Promise<string> {
  const stage = join(repository, "dist", "stage");
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const name of packed) if (existsSync(join(repository, name))) cpSync(join(repository, name), join(stage, name), { recursive: true });
  const dist = join(stage, "dist");
  await buildExtension(dist);
  await build(bundleOptions("test/server/support/fake-server.ts", join(dist, "main.cjs")));
  copyRulePages(dist);
  const page = join(dist, "rules", "timeout", "missing.md");
  mkdirSync(join(dist, "rules", "timeout"), { recursive: true });
  if (!existsSync(page)) writeFileSync(page, "# Missing deadline (timeout/missing)\n\nA call without a deadline waits for ever.\n");
  return stage;
}

/** The tests that run inside the extension host, as one file. */
export async function bundleHostTests(): Promise<string> {
  const outfile = join(repository, "dist", "in-host-tests.cjs");
  await build({ ...bundleOptions("test/vscode/in-host/index.ts", outfile), external: ["vscode", "mocha"], minify: false });
  return outfile;
}

/** The `.vsix` of a staged extension. */
export function packExtension(stage: string): string {
  const file = join(repository, "artifacts", "faultline.vsix");
  mkdirSync(join(repository, "artifacts"), { recursive: true });
  const vsce = join(repository, "node_modules", "@vscode", "vsce", "vsce");
  execFileSync(process.execPath, [vsce, "package", "--no-dependencies", "--allow-missing-repository", "-o", file], { cwd: stage, stdio: "pipe" });
  return file;
}
