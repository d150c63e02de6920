/** What every fix must do, asked once for all of them. */
import assert from "node:assert/strict";
import type { FixContext, FixOffer } from "../../src/model/finding.ts";
import { applyOffer, contextOf, type Files, marked, typeErrors } from "./workbench.ts";

type Span = { readonly at: number; readonly end: number };

export interface FixCase {
  readonly title: string;
  readonly path?: string;
  /** `«…»` marks what the finding points at. */
  readonly before: string;
  /** The using file afterwards. */
  readonly after: string;
  readonly offer: (spans: readonly Span[], path: string) => FixOffer | undefined;
  /** Declarations of libraries and of what the case leaves out. */
  readonly ambient?: string;
  readonly isModule?: boolean;
  readonly dependencies?: readonly string[];
  /** Where the marks stand in the text afterwards: what to point at when the fix is applied again. */
  readonly again?: readonly string[];
}

/** The fix gives the expected text, its files type-check, and applied twice it changes nothing more (law 3). */
export function itRepairs(each: FixCase): void {
  const path = each.path ?? "src/orders.ts";
  const pack = { isModule: each.isModule ?? true, dependencies: each.dependencies ?? [] };

  it(`${each.title}`, () => {
    const { files } = repaired();
    assert.equal(files[path], each.after);
  });

  it(`${each.title}: the result compiles`, () => {
    assert.deepEqual(typeErrors(repaired().files, each.ambient), []);
  }).timeout(30_000);

  it(`${each.title}: applied twice, it changes nothing more`, () => {
    const { files, marks } = repaired();
    const text = files[path] ?? "";
    let from = 0;
    const spans = (each.again ?? marks).map((mark) => {
      const at = text.indexOf(mark, from);
      assert.ok(at >= 0, `${mark} is still there`);
      from = at;
      return { at, end: at + mark.length };
    });
    const twice = applyOffer(files, each.offer(spans, path), contextOf(files, pack));
    assert.deepEqual(twice, files);
  });

  function repaired(): { readonly files: Files; readonly marks: readonly string[]; readonly context: FixContext } {
    const { text, spans } = marked(each.before);
    const files = { [path]: text };
    const context = contextOf(files, pack);
    const marks = spans.map((span) => text.slice(span.at, span.end));
    return { files: applyOffer(files, each.offer(spans, path), context), marks, context };
  }
}
