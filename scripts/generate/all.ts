import { catalogList } from "./catalog.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { patternLists } from "./patterns.ts";

/** Everything that is generated. A generator of another room adds its line here. */
export function generated(): readonly GeneratedFile[] {
  return [catalogList(), ...patternLists()];
}
