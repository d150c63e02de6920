import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { shop, wellBuilt } from "./architectures.expected.ts";
import type { Spot } from "./expectation.ts";
import { mayReport, shouldReport } from "./shop.expected.ts";

const root = join(import.meta.dirname, "../..");
const folders = { shop: join(root, "examples/shop"), wellBuilt: join(root, "test/systems/well-built") };

describe("the golden expectations", () => {
  it("name places that stand once in the example shop", () => {
    const spots = [...shouldReport.flatMap((expected) => [expected, ...expected.or]), ...mayReport];
    assert.deepEqual(
      spots.filter((spot) => occurrences(spot) !== 1).map((spot) => `${spot.file}: ${spot.anchor}`),
      [],
    );
  });

  it("name related files that exist", () => {
    const files = shouldReport.flatMap((expected) => expected.also);
    assert.deepEqual(
      files.filter((file) => !existsSync(join(folders.shop, file))),
      [],
    );
  });

  for (const [name, architecture] of Object.entries({ shop, wellBuilt })) {
    const folder = name === "shop" ? folders.shop : folders.wellBuilt;

    it(`name folders of services that exist in ${name}`, () => {
      const missing = architecture.services.filter(
        (service) => !existsSync(join(folder, service.root, "package.json")),
      );
      assert.deepEqual(missing, []);
    });

    it(`draw edges of ${name} between elements that it has`, () => {
      const ends = new Set([
        ...architecture.services.map((service) => service.name),
        ...architecture.stores.map((store) =>
          store.engine === "redis" ? store.name : `${store.engine}/${store.name}`,
        ),
        ...architecture.brokers,
        ...architecture.externals,
      ]);
      assert.deepEqual(
        architecture.edges.filter(([from, to]) => !ends.has(from) || !ends.has(to)),
        [],
      );
    });
  }
});

function occurrences(spot: Spot): number {
  return readFileSync(join(folders.shop, spot.file), "utf8").split(spot.anchor).length - 1;
}
