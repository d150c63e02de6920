import { Cell } from "./ledger.ts";

/** What was found out in one function for all of its calls: it is forgotten together. */
export class Found extends Cell {
  /** The file, where it is the body of a module. */
  path: string | undefined;
  private keys: object[] = [];
  private readonly drop: (key: object) => void;

  constructor(drop: (key: object) => void) {
    super();
    this.drop = drop;
  }

  add(key: object): void {
    this.keys.push(key);
  }

  override forget(): void {
    const { keys } = this;
    this.keys = [];
    for (const key of keys) this.drop(key);
  }
}
