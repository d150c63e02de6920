/** A string as the program builds it: known pieces, environment reads, and holes. */
export type Text = readonly TextPart[];

export type TextPart =
  | { readonly is: "known"; readonly text: string }
  /** `process.env.NAME`, a configuration service's `get("NAME")`; `fallback` is what the code uses where it is not set. */
  | { readonly is: "env"; readonly name: string; readonly fallback?: Text }
  /** A parameter of the enclosing function that no caller could be asked for. */
  | { readonly is: "parameter"; readonly name: string; readonly ref?: { readonly path: string; readonly id: number } }
  | { readonly is: "hole"; readonly why: string };
