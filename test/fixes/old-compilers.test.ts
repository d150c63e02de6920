import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { forOldCompilers } from "../../src/fixes/old-compilers.ts";
import { typeErrors } from "./workbench.ts";

/** As in @types/node 16, with no DOM beside it. */
const OLD_TYPES = `
interface AbortSignal { readonly aborted: boolean }
declare const AbortController: { new (): AbortController };
interface AbortController { readonly signal: AbortSignal; abort(): void }
declare function setTimeout(run: () => void, ms: number): object;
declare function clearTimeout(timer: object): void;
`;

/** As in @types/node 18.16, with no DOM beside it: reasons, but no way to throw them in one call. */
const TYPES_OF_18 = `
interface AbortSignal {
  readonly aborted: boolean;
  readonly reason: any;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
declare const AbortController: { new (): AbortController };
declare const AbortSignal: { timeout(milliseconds: number): AbortSignal };
interface AbortController { readonly signal: AbortSignal; abort(reason?: any): void }
declare function setTimeout(run: () => void, ms: number): object;
declare function clearTimeout(timer: object): void;
`;

describe("a template for a package with old types", () => {
  for (const template of ["circuit-breaker/template/circuit-breaker", "timeout/template/timeout", "retry/template/retry", "bulkhead/template/limit"]) {
    const text = readFileSync(join(import.meta.dirname, `../../src/patterns/${template}.ts`), "utf8");

    it(`compiles: ${template}`, () => {
      const old = typeErrors({ "src/template.ts": forOldCompilers(text) }, OLD_TYPES, { lib: ["lib.es2022.d.ts"] });
      assert.deepEqual(old, []);
    }).timeout(30_000);

    it(`compiles as it is with the types of Node 18: ${template}`, () => {
      assert.deepEqual(typeErrors({ "src/template.ts": text }, TYPES_OF_18, { lib: ["lib.es2022.d.ts"] }), []);
    }).timeout(30_000);

    it(`says the same to new types: ${template}`, () => {
      assert.deepEqual(typeErrors({ "src/template.ts": forOldCompilers(text) }), []);
    }).timeout(30_000);
  }

  it("leaves a template alone that needs nothing of them", () => {
    assert.equal(forOldCompilers("export const one = 1;\n"), "export const one = 1;\n");
  });
});
