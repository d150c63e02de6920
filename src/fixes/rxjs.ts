/** How the package's version of rxjs is written: until 7.2 operators stand in a module of their own, until 7 a method makes the promise. */
import type { Draft } from "./draft.ts";

export function operatorsModule(draft: Draft): string {
  return draft.text.includes("rxjs/operators") || draft.isOlder("rxjs", "7.2.0") ? "rxjs/operators" : "rxjs";
}

/** What stands around an expression for an observable to make it a promise. */
export function toPromise(draft: Draft): { readonly before: string; readonly after: string } {
  if (draft.isOlder("rxjs", "7.0.0")) return { before: "", after: ".toPromise()" };
  return { before: `${draft.import({ specifier: "rxjs", names: ["firstValueFrom"] })("firstValueFrom")}(`, after: ")" };
}
