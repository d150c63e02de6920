/**
 * Who looked at what while something was worked out. After an edit, what changed and all that was made of it is out of date, and
 * nothing else.
 */
export class Cell {
  /** Something that was looked at for it has changed since. */
  stale = false;
  private readers: Cell | Set<Cell> | undefined;

  /** Drops what was made. */
  forget(): void {
    // A cell without answers of its own has nothing to drop.
  }

  addReader(reader: Cell): void {
    const { readers } = this;
    if (readers === undefined || readers === reader) this.readers = reader;
    else if (readers instanceof Set) readers.add(reader);
    else this.readers = new Set([readers, reader]);
  }

  takeReaders(): readonly Cell[] {
    const { readers } = this;
    this.readers = undefined;
    return readers === undefined ? [] : readers instanceof Set ? [...readers] : [readers];
  }
}

export class Ledger {
  /** False for one look at a workspace, after which nothing is kept. */
  readonly keeps: boolean;
  private reading: Cell | undefined;

  constructor(keeps: boolean) {
    this.keeps = keeps;
  }

  get reader(): Cell | undefined {
    return this.reading;
  }

  /** Notes that what is being worked out looks at `cell`. */
  read(cell: Cell): void {
    const { reading } = this;
    if (reading !== undefined && reading !== cell) cell.addReader(reading);
  }

  /** Works something out, noting all that is looked at for it. */
  within<T>(cell: Cell, work: () => T): T {
    const before = this.enter(cell);
    try {
      return work();
    } finally {
      this.leave(before);
    }
  }

  /** The same for what nobody is to read as a whole: whoever asked looks at a part of it. */
  apart<T>(cell: Cell, work: () => T): T {
    const before = this.reading;
    this.reading = undefined;
    try {
      return this.within(cell, work);
    } finally {
      this.reading = before;
    }
  }

  /** The two halves of `within`, for where it runs a million times. */
  enter(cell: Cell): Cell | undefined {
    const before = this.reading;
    cell.stale = false;
    if (!this.keeps) return before;
    if (before !== undefined && before !== cell) cell.addReader(before);
    this.reading = cell;
    return before;
  }

  leave(before: Cell | undefined): void {
    this.reading = before;
  }

  outdate(cells: Iterable<Cell>): void {
    const todo = [...cells];
    const outdated = new Set<Cell>(todo);
    for (let cell = todo.pop(); cell !== undefined; cell = todo.pop()) {
      cell.stale = true;
      cell.forget();
      for (const reader of cell.takeReaders()) {
        if (outdated.has(reader)) continue;
        outdated.add(reader);
        todo.push(reader);
      }
    }
  }
}

/** Cells for answers by key, made for those that somebody looked at. */
export class Cells {
  private readonly ledger: Ledger;
  private readonly cells = new Map<string, Cell>();

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }

  read(key: string): void {
    if (this.ledger.reader === undefined) return;
    let cell = this.cells.get(key);
    if (!cell) this.cells.set(key, (cell = new Cell()));
    this.ledger.read(cell);
  }

  outdate(keys: Iterable<string>): void {
    this.ledger.outdate([...keys].flatMap((key) => this.cells.get(key) ?? []));
  }

  /** Puts in doubt what was made of answers that are different now. */
  compare(isSame: (key: string) => boolean): void {
    this.outdate([...this.cells.keys()].filter((key) => !isSame(key)));
  }
}
