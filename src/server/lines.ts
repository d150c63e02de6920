/** Offsets to lines, per file, kept until the file changes: reading and indexing every file again at every keystroke would show. */
import type { Range } from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";

export type ReadText = (path: string) => string | undefined;

const start: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

export class Lines {
  readonly #read: ReadText;
  readonly #documents = new Map<string, TextDocument>();

  constructor(read: ReadText) {
    this.#read = read;
  }

  /** The range of a stretch of text; the file's first character where the text is not there (a folder, a binary file). */
  range(place: { readonly path: string; readonly at: number; readonly end: number }): Range {
    const document = this.document(place.path);
    return document === undefined
      ? start
      : { start: document.positionAt(place.at), end: document.positionAt(place.end) };
  }

  document(path: string): TextDocument | undefined {
    const known = this.#documents.get(path);
    if (known !== undefined) return known;
    const text = this.#read(path);
    if (text === undefined) return undefined;
    const document = TextDocument.create(path, "", 0, text);
    this.#documents.set(path, document);
    return document;
  }

  forget(path: string): void {
    this.#documents.delete(path);
  }
}
