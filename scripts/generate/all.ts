import { catalogList } from "./catalog.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { manifest } from "./manifest.ts";
import { notices } from "./notices.ts";
import { patternLists } from "./patterns.ts";
import { schemaFiles } from "./schemas.ts";
import { templateFiles } from "./templates.ts";

/** Everything that is generated. A generator of another room adds its line here. */
export async function generated(): Promise<readonly GeneratedFile[]> {
  return [catalogList(), ...patternLists(), ...templateFiles(), manifest(), ...schemaFiles(), await notices()];
}
