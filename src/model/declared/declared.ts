/** An architecture that somebody wrote down: what a file in one of the languages for it says, with the places where it says so. */
export interface Declared {
  readonly elements: readonly DeclaredElement[];
  readonly relations: readonly DeclaredRelation[];
  /** Where the model begins: the place for what is missing in it. */
  readonly start: Span;
}

export interface Span {
  readonly at: number;
  readonly end: number;
}

export interface DeclaredElement extends Span {
  /** Unique in the file: `system.orders`. */
  readonly id: string;
  readonly name: string;
  /** `container`, `person`, `database`: the language's or the file's own word. */
  readonly kind: string;
  /** Tags, technology, shape: whatever else hints at what it is. */
  readonly hints: readonly string[];
  /** The id of the recovered thing that it stands for, where the file says so. */
  readonly meant?: string;
  readonly parent?: string;
}

export interface DeclaredRelation extends Span {
  readonly from: string;
  readonly to: string;
}

export type ReadDeclared =
  | { readonly ok: true; readonly declared: Declared }
  /** The first thing that is wrong, in a sentence, and where. */
  | ({ readonly ok: false; readonly message: string } & Span);

/** Thrown by the readers, caught by `readDeclared`. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}
