import type { Range } from "../protocol/report.ts";
import { LineIndex } from "./line-index.ts";

/** Gives the text that offsets speak of; `undefined` where there is none any more. */
export type ReadText = (path: string) => string | undefined;

/** Texts of the files that a report speaks of, each read and measured once. */
export class Texts {
  readonly #read: ReadText;
  readonly #known = new Map<string, { readonly text: string; readonly lines: LineIndex }>();

  constructor(read: ReadText) {
    this.#read = read;
  }

  text(path: string): string {
    return this.#of(path).text;
  }

  range(place: { readonly path: string; readonly at: number; readonly end: number }): Range {
    return this.#of(place.path).lines.range(place);
  }

  line(place: { readonly path: string; readonly at: number }): number {
    return this.#of(place.path).lines.position(place.at).line;
  }

  #of(path: string): { readonly text: string; readonly lines: LineIndex } {
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const text = path === "" ? "" : (this.#read(path) ?? "");
    const measured = { text, lines: new LineIndex(text) };
    this.#known.set(path, measured);
    return measured;
  }
}
