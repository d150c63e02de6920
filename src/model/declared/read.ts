import { Unreadable, type Declared, type ReadDeclared } from "./declared.ts";
import { readFaultlineJson } from "./faultline-json.ts";
import { readLikeC4 } from "./likec4.ts";
import { readStructurizr } from "./structurizr.ts";

/** What a file declares: Structurizr DSL (`.dsl`), LikeC4 (`.c4`, `.likec4`, `.like-c4`), or JSON that Faultline wrote. */
export function readDeclared(path: string, text: string): ReadDeclared {
  const read = readers.find(([ending]) => ending.test(path))?.[1];
  const all = { at: 0, end: Math.min(text.length, 1) };
  if (read === undefined) return { ok: false, message: "A declared model ends in `.dsl` (Structurizr), `.c4` (LikeC4) or `.json` (saved by Faultline).", ...all };
  try {
    return { ok: true, declared: read(text) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, message: error.message, ...error.span };
    throw error;
  }
}

const readers: readonly (readonly [RegExp, (text: string) => Declared])[] = [
  [/\.dsl$/i, readStructurizr],
  [/\.(?:c4|likec4|like-c4)$/i, readLikeC4],
  [/\.json$/i, readFaultlineJson],
];
