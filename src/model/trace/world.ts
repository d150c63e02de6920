/** All that tracing may look at. */
import type { Catalog } from "../../catalog/index.ts";
import type { CodeSummary } from "../../syntax/summary.ts";

export interface World {
  /** Summaries of code in scope, by path. */
  readonly files: ReadonlyMap<string, CodeSummary>;
  readonly resolve: (from: string, specifier: string) => Resolved;
  readonly catalog: Catalog;
}

export type Resolved =
  | { readonly is: "file"; readonly path: string }
  | { readonly is: "package"; readonly name: string; readonly subpath: string }
  | { readonly is: "builtin"; readonly name: string }
  | { readonly is: "missing" };
