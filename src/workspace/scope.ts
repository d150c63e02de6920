import { nameOf } from "./paths.ts";
import type { FileScope } from "./workspace.ts";

/**
 * Why the rules leave a file out, by path conventions alone. Whole folder names are matched, so that a package called
 * `test-runner-service` is a service like any other. Samples and workshops are in.
 */
export function fileScope(path: string): FileScope {
  const name = nameOf(path);
  const folders = path.split("/").slice(0, -1);
  if (isVendored(name)) return "vendored";
  if (/\.d\.[cm]?ts$/.test(name)) return "declaration";
  if (isGenerated(name) || folders.some((folder) => GENERATED_FOLDERS.has(folder))) return "generated";
  if (isTest(name) || folders.some(isTestFolder)) return "test";
  if (isMigration(name) || folders.some((folder) => MIGRATION_FOLDERS.has(folder))) return "migration";
  if (isScript(name) || folders.some(isScriptFolder)) return "script";
  if (isTooling(name) || folders.some(isToolingFolder)) return "tooling";
  if (ARCHIVES.has(folders[0] ?? "")) return "archived";
  return "service";
}

/** The same, knowing the neighbours: JavaScript beside its own TypeScript is compiled output that was checked in. */
export function fileScopeAmong(path: string, exists: (path: string) => boolean): FileScope {
  const scope = fileScope(path);
  const compiled = /^(.*)\.([cm]?)jsx?$/.exec(path);
  if (scope !== "service" || compiled === null) return scope;
  const [, stem, flavour] = compiled;
  return exists(`${stem}.${flavour}ts`) || exists(`${stem}.tsx`) ? "generated" : scope;
}

function isVendored(name: string): boolean {
  return (
    /[.-](?:min|bundle|chunk|umd)\.[cm]?js$/.test(name) ||
    name === "mockServiceWorker.js" ||
    /^\.pnp\.[cm]?js$/.test(name)
  );
}

const GENERATED_FOLDERS = new Set([
  "generated",
  "__generated__",
  "_generated",
  "generated-sources",
  "typechain-types",
  "proto-gen",
  "codegen-output",
]);

function isGenerated(name: string): boolean {
  return /\.(?:generated|gen|pb)\.[\w.]+$|^generated[-.]|_(?:grpc_)?pb\.[\w.]+$|_grpc_web_pb\./.test(name);
}

// prettier-ignore
const TEST_FOLDERS = new Set([
  "__tests__", "__test__", "__mocks__", "__mock__", "__fixtures__", "__snapshots__", "__stories__", "test", "tests", "testing", "e2e", "cypress",
  "playwright", "fixtures", "fixture", "mocks", "load-test", "load-tests", "loadtest", "loadtests", "perf-tests", "performance-tests", "stress-tests",
  "smoke-tests", "e2e-tests", "integration-tests", "integration-test", "unit-tests", "acceptance-tests", "contract-tests", "api-tests", "test-utils", "test-helpers",
  "test-fixtures", "test-support", "testutils", "testcontainers", "end-to-end-tests", "k6", "artillery",
]);

/** Words of trade beneath `src`: an API's benchmarks, an OpenAPI spec, a feed's stories. */
const TEST_FOLDERS_OUTSIDE_SOURCE = new Set(["spec", "specs", "stories", "benchmark", "benchmarks", "bench"]);

function isTestFolder(folder: string, at: number, folders: readonly string[]): boolean {
  if (TEST_FOLDERS.has(folder) || folder.endsWith("-e2e")) return true;
  return TEST_FOLDERS_OUTSIDE_SOURCE.has(folder) && !folders.slice(0, at).includes("src");
}

function isTest(name: string): boolean {
  return (
    /[.](?:spec|test|tests|e2e|e2e-spec|cy|stories|story|mock|mocks|fixture|fixtures|bench|benchmark|load-test|k6)(?:-d)?\.[cm]?[jt]sx?$/.test(
      name,
    ) ||
    /[-_](?:spec|test|e2e-spec|int-spec)\.[cm]?[jt]sx?$/.test(name) ||
    /^(?:test|tests)\.[cm]?[jt]sx?$/.test(name) ||
    /^(?:jest|vitest|mocha|cypress|playwright|karma|jasmine)[.-](?:global-?)?(?:setup|teardown|env|environment|preset|sequencer|e2e|unit|integration)\b.*\.[cm]?[jt]sx?$/i.test(
      name,
    ) ||
    /^(?:setup-?tests?|test-?setup|test-?(?:utils?|helpers?))\.[cm]?[jt]sx?$/i.test(name)
  );
}

const MIGRATION_FOLDERS = new Set([
  "migrations",
  "migration",
  "db-migrations",
  "database-migrations",
  "typeorm-migrations",
  "schema-migrations",
]);

function isMigration(name: string): boolean {
  return /\.migrations?\.[cm]?[jt]s$|^migrate\.[cm]?[jt]s$/.test(name);
}

const SCRIPT_FOLDERS = new Set(["scripts", "script", "seeds", "seed", "seeders", "seeder", "seeding", "hack"]);

function isScriptFolder(folder: string, at: number, folders: readonly string[]): boolean {
  if (SCRIPT_FOLDERS.has(folder)) return true;
  // Beneath `src`, and as an application of its own, `tools` is a domain word: an agent's tools, a tool shop.
  return (
    folder === "tools" &&
    !folders.slice(0, at).some((above) => above === "src" || above === "apps" || above === "services")
  );
}

function isScript(name: string): boolean {
  return /^(?:seed|seeds|seeder|seed-[\w-]+)\.[cm]?[jt]s$|\.seed(?:er|s)?\.[cm]?[jt]s$/.test(name);
}

/** Dot folders configure tools, but for those in which people keep a deployment. */
const DEPLOYMENT_DOT_FOLDERS = new Set([
  ".docker",
  ".deploy",
  ".deployment",
  ".k8s",
  ".kube",
  ".helm",
  ".infra",
  ".platform",
  ".env",
  ".envs",
  ".compose",
]);

function isToolingFolder(folder: string): boolean {
  return folder.startsWith(".")
    ? !DEPLOYMENT_DOT_FOLDERS.has(folder)
    : folder === "webpack" || folder === "eslint-rules" || folder === "generators";
}

/** What a repository keeps at its top for the memory of it. */
const ARCHIVES = new Set(["archive", "archived", "archives", "_archive", "attic", "deprecated"]);

/** By the tool's name and not by `*.config.*`: `database.config.ts` and `moleculer.config.js` run in the service. */
const TOOLS =
  /^(?:jest|vitest|vite|webpack|rollup|rolldown|tsup|tsdown|esbuild|swc|babel|metro|parcel|rspack|rsbuild|tailwind|postcss|eslint|oxlint|stylelint|prettier|biome|commitlint|lint-staged|husky|release|semantic-release|knip|syncpack|next|next-sitemap|nuxt|svelte|astro|remix|gatsby|docusaurus|storybook|playwright|cypress|karma|protractor|wdio|codecept|stryker|nyc|c8|ava|drizzle|prisma|codegen|orval|openapi-ts|openapi-codegen|kubb|nodemon|craco|vue|quasar|expo|capacitor|electron-builder|electron\.vite|forge|turbo|lerna|rush|typedoc|api-extractor|size-limit|dependency-cruiser|i18next-parser|lingui|unocss|uno|windi|panda|hardhat|truffle)\.(?:[\w-]+\.)?(?:config|conf)(?:\.[\w-]+)?\.[cm]?[jt]s$/;

function isTooling(name: string): boolean {
  if (/^\.(?:env|docker-compose|compose)(?:[.-]|$)/.test(name)) return false;
  return (
    name.startsWith(".") ||
    TOOLS.test(name) ||
    /^(?:gulpfile|gruntfile|jakefile|plopfile|dangerfile|rollup|webpack|commitlint|esbuild)(?:[.-][\w.-]+)?\.(?:babel\.)?[cm]?[jt]s$/i.test(
      name,
    ) ||
    /^(?:vite-env|react-app-env|next-env)\./.test(name)
  );
}
