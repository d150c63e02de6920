/** A file as tracing sees it. What is looked at is noted name by name, so that an edit puts in doubt only what it touches. */
import type { ClassFact, CodeSummary, ExportFact, FunctionFact, ImportFact, TypeFact } from "../../syntax/summary.ts";
import { type Binding, type Bindings, bindingsOf, type FieldAssignment } from "./bindings.ts";
import { changedParts, type PartKey } from "./file-parts.ts";
import { Cell, type Ledger } from "./ledger.ts";

export class FileView {
  private readonly ledger: Ledger;
  private readonly cells = new Map<PartKey, Cell>();
  private current: Bindings | undefined;

  constructor(ledger: Ledger, summary: CodeSummary | undefined) {
    this.ledger = ledger;
    this.current = summary && bindingsOf(summary);
  }

  /** The file itself; undefined where it is not analysed. */
  get bindings(): Bindings | undefined {
    return this.current;
  }

  /** The whole of it, for what depends on more than single names. */
  get summary(): CodeSummary | undefined {
    this.note("file");
    return this.current?.summary;
  }

  /** Notes that any change of the file matters. */
  noteWhole(): void {
    this.note("file");
  }

  get exists(): boolean {
    return this.current !== undefined;
  }

  /** What `name` means in `fn` for a use at offset `at`; undefined for a global. */
  lookup(name: string, fn: FunctionFact, at: number): Binding | undefined {
    this.noteNamed("name", name);
    return this.current?.lookup(name, fn, at);
  }

  type(name: string): TypeFact | undefined {
    this.noteNamed("name", name);
    return this.current?.type(name);
  }

  import(name: string): ImportFact | undefined {
    this.noteNamed("name", name);
    return this.current?.import(name);
  }

  class(name: string): ClassFact | undefined {
    this.noteNamed("name", name);
    return this.current?.class(name);
  }

  /** The export of that name, but for what comes in by `export *`. */
  export(name: string): ExportFact | undefined {
    this.noteNamed("export", name);
    return this.current?.export(name);
  }

  get stars(): readonly (ExportFact & { readonly kind: "star" })[] {
    this.note("stars");
    return this.current?.stars ?? [];
  }

  function(id: number): FunctionFact | undefined {
    this.noteNamed("function", id);
    return this.current?.summary.functions[id];
  }

  classAt(id: number): ClassFact | undefined {
    this.noteNamed("class", id);
    return this.current?.summary.classes[id];
  }

  /** What the methods of a class put into a field. */
  assigned(fact: ClassFact, field: string): readonly FieldAssignment[] {
    if (this.ledger.reader !== undefined) this.note(`field ${fact.id}.${field}`);
    return this.current?.assignedFields(fact).get(field) ?? [];
  }

  nestedIn(fn: FunctionFact): readonly FunctionFact[] {
    this.note("file");
    return this.current?.nestedIn(fn) ?? [];
  }

  /** Takes in another text of the file; returns what is in doubt now. */
  replace(summary: CodeSummary | undefined): readonly Cell[] {
    const before = this.current;
    this.current = summary && bindingsOf(summary);
    const changed = changedParts(before, this.current, [...this.cells.keys()]);
    return changed.flatMap((key) => this.cells.get(key) ?? []);
  }

  private noteNamed(kind: "name" | "export" | "function" | "class", name: string | number): void {
    if (this.ledger.reader !== undefined) this.note(`${kind} ${name}`);
  }

  private note(key: PartKey): void {
    if (this.ledger.reader === undefined) return;
    let cell = this.cells.get(key);
    if (!cell) this.cells.set(key, (cell = new Cell()));
    this.ledger.read(cell);
  }
}
