/** Folders that hold nothing anybody wrote here, told by name. */

/** Never entered. */
// prettier-ignore
const SKIPPED = new Set([
  "node_modules", "bower_components", "jspm_packages", "third_party", "site-packages", "__pycache__", "venv",
  "dist", "storybook-static", "lcov-report", "cdk.out", "DerivedData", "Pods",
  ".git", ".hg", ".svn", ".jj",
  ".next", ".nuxt", ".output", ".svelte-kit", ".astro", ".docusaurus", ".angular", ".expo", ".vinxi", ".wrangler", ".open-next",
  ".turbo", ".nx", ".cache", ".parcel-cache", ".rollup.cache", ".webpack", ".esbuild", ".rpt2_cache", ".moon", ".rush",
  ".yarn", ".pnpm-store", ".pnp", ".npm", ".vercel", ".netlify", ".serverless", ".aws-sam", ".firebase", ".amplify", ".sst", ".build",
  ".vscode-test", ".idea", ".gradle", ".mvn", ".terraform", ".nyc_output", ".venv", ".tox", ".tmp", ".temp", ".trigger",
]);

/** Output as a rule, yet also what a package or a module may be called. */
const PERHAPS_OUTPUT = new Set(["build", "out", "output", "coverage", "target", "bin-debug"]);

/** Where a folder named `vendor` holds other people's code; elsewhere it is a word of trade. */
const ASSET_FOLDERS = new Set(["", "public", "static", "assets", "js", "www", "lib", "scripts"]);

/** Whether a folder is left alone whatever lies in it. */
export function isSkippedFolder(parent: string, name: string): boolean {
  if (SKIPPED.has(name)) return true;
  return name === "vendor" && ASSET_FOLDERS.has(parent.slice(parent.lastIndexOf("/") + 1));
}

/** Whether only a folder's content can tell if it is output. Beneath `src` nobody builds, so there the name means nothing. */
export function mayBeOutput(parent: string, name: string): boolean {
  return PERHAPS_OUTPUT.has(name) && !/(?:^|\/)src(?:\/|$)/.test(parent);
}

/** Whether such a folder was written by hand: compilers leave neither TypeScript nor a tsconfig behind. */
export function isHandWritten(names: readonly string[]): boolean {
  return names.some(
    (name) => /^tsconfig.*\.json$/.test(name) || (/\.[cm]?tsx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name)),
  );
}
