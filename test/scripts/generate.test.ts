import assert from "node:assert/strict";
import { generated } from "../../scripts/generate/all.ts";
import { isStale } from "../../scripts/generate/generated-file.ts";

describe("generated files", () => {
  it("are what npm run generate would write", async () => {
    const stale = (await generated()).filter(isStale).map(({ path }) => path);
    assert.deepEqual(stale, []);
  });
});
