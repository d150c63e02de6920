/** All that tracing may look at. */
import type { Library, NamingConvention } from "../../catalog/library.ts";
import type { CodeSummary } from "../../syntax/summary.ts";

export interface World {
  /** Summaries of code in scope, by path. */
  readonly files: ReadonlyMap<string, CodeSummary>;
  readonly resolve: (from: string, specifier: string) => Resolved;
  readonly catalog: CatalogView;
}

export type Resolved =
  | { readonly is: "file"; readonly path: string }
  | { readonly is: "package"; readonly name: string; readonly subpath: string }
  | { readonly is: "builtin"; readonly name: string }
  | { readonly is: "missing" };

export interface CatalogView {
  find(packageName: string): Library | undefined;
  global(name: string): { readonly library: Library; readonly name: string } | undefined;
  readonly conventions: readonly NamingConvention[];
}
