import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { repository } from "../generate/generated-file.ts";
import { bundleAll } from "./bundles.ts";

/** Builds the product and packs it as users install it; tells where the `.vsix` is. */
export async function pack(): Promise<string> {
  await bundleAll();
  const artifacts = join(repository, "artifacts");
  mkdirSync(artifacts, { recursive: true });
  const file = join(artifacts, "faultline.vsix");
  const vsce = join(repository, "node_modules", "@vscode", "vsce", "vsce");
  const args = [vsce, "package", "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "-o", file];
  execFileSync(process.execPath, args, { cwd: repository, stdio: ["ignore", "pipe", "inherit"] });
  return file;
}
