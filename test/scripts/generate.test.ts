import assert from "node:assert/strict";
import { generated } from "../../scripts/generate/all.ts";
import { isStale } from "../../scripts/generate/generated-file.ts";

describe("generated files", () => {
  for (const file of generated()) {
    it(`${file.path} is what npm run generate would write`, () => assert.equal(isStale(file), false));
  }
});
