/** Who implements an interface or extends a class, found file by file. */
import { Cell } from "./ledger.ts";
import type { ClassKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

type Index = ReadonlyMap<string, readonly ClassKey[]>;

/** What the classes of one file implement, by `path\nname` of the interface or base class. */
interface Share {
  readonly cell: Cell;
  entries: readonly { readonly key: string; readonly by: ClassKey }[];
}

export class ImplementorIndex {
  private readonly tracer: Tracer;
  private readonly shares = new Map<string, Share>();
  private readonly asked = new Map<string, Cell>();
  private index: Index;

  constructor(tracer: Tracer) {
    this.tracer = tracer;
    for (const path of tracer.world.files.keys()) this.shares.set(path, this.shareOf(path, new Cell()));
    this.index = this.joined();
  }

  of(path: string, name: string): readonly ClassKey[] {
    const key = `${path}\n${name}`;
    let cell = this.asked.get(key);
    if (!cell) this.asked.set(key, (cell = new Cell()));
    this.tracer.ledger.read(cell);
    return this.index.get(key) ?? [];
  }

  /** Looks again into the files where something changed, and puts in doubt what was found through what is different now. */
  refresh(): void {
    const stale = [...this.shares].filter(([, { cell }]) => cell.stale);
    if (stale.length === 0) return;
    for (const [path, { cell }] of stale) this.shares.set(path, this.shareOf(path, cell));
    const before = this.index;
    this.index = this.joined();
    const changed = [...this.asked].filter(([key]) => !isSame(before.get(key) ?? [], this.index.get(key) ?? []));
    this.tracer.ledger.outdate(changed.map(([, cell]) => cell));
  }

  private shareOf(path: string, cell: Cell): Share {
    return { cell, entries: this.tracer.ledger.within(cell, () => this.entriesOf(path)) };
  }

  private entriesOf(path: string): Share["entries"] {
    const summary = this.tracer.view(path).summary;
    return (summary?.classes ?? []).flatMap((fact) => {
      const bases = fact.implements.flatMap((t) => (t.kind === "name" ? [t.name] : []));
      if (fact.extends?.kind === "name") bases.push(fact.extends.name);
      return bases.flatMap((base) => declarations(this.tracer, path, base, 0).map((at) => ({ key: `${at.path}\n${at.name}`, by: { path, id: fact.id } })));
    });
  }

  private joined(): Index {
    const index = new Map<string, ClassKey[]>();
    for (const { entries } of this.shares.values()) {
      for (const { key, by } of entries) {
        const list = index.get(key);
        if (list) list.push(by);
        else index.set(key, [by]);
      }
    }
    return index;
  }
}

function isSame(a: readonly ClassKey[], b: readonly ClassKey[]): boolean {
  return a.length === b.length && a.every((key, at) => key.id === b[at]?.id && key.path === b[at].path);
}

/** The file that declares a type used in `path`, through imports and re-exports. */
function declarations(tracer: Tracer, path: string, name: string, depth: number): readonly { path: string; name: string }[] {
  const file = tracer.file(path);
  if (!file || depth > 6) return [];
  if (file.type(name) || file.class(name)) return [{ path, name }];
  const imported = file.import(name);
  const via = imported ? [{ specifier: imported.specifier, name: imported.imported === "default" ? name : imported.imported }] : [];
  const exported = file.export(name);
  if (exported?.kind === "from") via.push({ specifier: exported.specifier, name: exported.imported });
  const home = imported || exported ? undefined : tracer.modules.behindStars(path, name);
  if (home !== undefined) return declarations(tracer, home, name, depth + 1);
  return via.flatMap((v) => {
    const target = tracer.world.resolve(path, v.specifier);
    return target.is === "file" ? declarations(tracer, target.path, v.name, depth + 1) : [];
  });
}
