/** Builds what runs inside the extension host: the product and its tests. */
import { join } from "node:path";
import { build } from "esbuild";
import { bundleAll } from "../../../scripts/build/bundles.ts";
import { repository } from "../../../scripts/generate/generated-file.ts";

const artifacts = join(repository, "artifacts");

/** The folder that VS Code loads the extension from while it is developed: this repository, built. */
export async function builtExtension(): Promise<string> {
  await bundleAll();
  return repository;
}

/** The tests that run inside the extension host, as one file. */
export async function bundledHostTests(): Promise<string> {
  const outfile = join(artifacts, "in-host-tests.cjs");
  const entry = "test/vscode/in-host/index.ts";
  const options = { absWorkingDir: repository, platform: "node", format: "cjs", target: "node20" } as const;
  await build({
    ...options,
    entryPoints: [entry],
    outfile,
    bundle: true,
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  return outfile;
}
