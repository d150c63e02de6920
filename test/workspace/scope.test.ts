import assert from "node:assert/strict";
import { fileScope, openWorkspace, type FileScope } from "../../src/workspace/index.ts";
import { memoryHost } from "../support/memory-host.ts";

// prettier-ignore
const EXPECTED = {
  service: [
    "src/main.ts", "services/test-runner-service/src/index.ts", "src/latest.ts", "src/contest/run.ts", "examples/retry/client.ts", "workshop/01/app.ts",
    "src/config/database.config.ts", "moleculer.config.js", "bin/server.js", "src/tools/search.ts", "src/api/benchmarks/list.ts", "src/openapi/spec/order.ts", "src/migrator.ts", ".env.example", "services/archive/src/main.ts",
    ".docker/compose.yml",
  ],
  test: [
    "src/a.spec.ts", "src/a.test.tsx", "src/__tests__/a.ts", "src/__mocks__/a.ts", "test/a.ts", "tests/a.ts", "apps/api-e2e/src/a.ts", "cypress/a.ts", "playwright/a.ts", "src/Button.stories.tsx",
    "src/fixtures/a.ts", "mocks/a.ts", "load-tests/a.js", "internal-packages/testcontainers/src/webapp.ts", "k6/a.js", "benchmarks/a.ts", "test/app.e2e-spec.ts", "jest.setup.ts",
  ],
  migration: ["src/migrations/1-init.ts", "migration/a.ts"],
  script: ["prisma/seed.ts", "scripts/a.ts", "script/a.js", "db/seeders/a.js", "tools/a.ts", "src/users.seed.ts"],
  declaration: ["src/a.d.ts", "types/b.d.mts"],
  generated: ["src/generated/a.ts", "src/a.generated.ts", "proto/order_pb.js", "src/generated-types.ts", "src/__generated__/x.ts"],
  vendored: ["public/jquery.min.js", "public/app.bundle.js"],
  tooling: ["vite.config.ts", "jest.config.js", "webpack.prod.js", "gulpfile.js", ".eslintrc.js", ".github/workflows/ci.yml", ".storybook/main.ts", "eslint.config.mjs", "tailwind.config.cjs"],
  archived: ["archive/orders/client.ts", "deprecated/a.js"],
} as const satisfies Record<FileScope, readonly string[]>;

describe("The scope of a file", () => {
  for (const [scope, paths] of Object.entries(EXPECTED)) {
    it(`is ${scope} where the path says so`, () => {
      assert.deepEqual(
        paths.map((path) => `${fileScope(path)} ${path}`),
        paths.map((path) => `${scope} ${path}`),
      );
    });
  }

  it("is generated for JavaScript that lies beside its own TypeScript", async () => {
    const workspace = await openWorkspace(
      memoryHost({ "a.js": "", "a.ts": "", "b.js": "", "b.d.ts": "", "c.jsx": "", "c.tsx": "" }),
    );
    assert.deepEqual(
      workspace.files.map((file) => `${file.path} ${file.scope}`),
      ["a.js generated", "a.ts service", "b.d.ts declaration", "b.js service", "c.jsx generated", "c.tsx service"],
    );
  });
});
