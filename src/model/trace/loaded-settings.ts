/** Settings that a container's configuration is loaded with: what functions return, asked for by path (`config.get("database.host")`). */
import type { Value } from "../../syntax/summary.ts";
import { returnValues } from "./calls.ts";
import { Cell } from "./ledger.ts";
import { propertyOf } from "./members.ts";
import { readOption } from "./options.ts";
import { commonFolders } from "./paths.ts";
import { anyOf, type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { walkValue } from "./walk.ts";

/** What one registration loads, as it is written where it is registered. */
interface Loaded {
  readonly path: string;
  readonly what: Value;
}

export class LoadedSettings {
  private readonly tracer: Tracer;
  private readonly shares = new Map<string, { readonly cell: Cell; loaded: readonly Loaded[] }>();
  private readonly asked = new Cell();
  private all: readonly Loaded[] = [];

  constructor(tracer: Tracer) {
    this.tracer = tracer;
    for (const path of tracer.world.files.keys()) {
      const cell = new Cell();
      this.shares.set(path, { cell, loaded: this.tracer.ledger.apart(cell, () => this.loadedIn(path)) });
    }
    this.join();
  }

  /** The value under a name, as code of `path` is given it: by the registrations that stand nearest to it. */
  of(path: string, name: string): Traced | undefined {
    this.tracer.ledger.read(this.asked);
    const near = Math.max(...this.all.map((each) => commonFolders(each.path, path)));
    const found = this.all.filter((each) => commonFolders(each.path, path) === near).flatMap((each) => this.valuesIn(each, name));
    return found.length === 0 ? undefined : anyOf(found);
  }

  /** Looks again into the files where something changed. */
  refresh(): void {
    const stale = [...this.shares].filter(([, { cell }]) => cell.stale);
    if (stale.length === 0) return;
    for (const [path, share] of stale) share.loaded = this.tracer.ledger.apart(share.cell, () => this.loadedIn(path));
    const before = this.all;
    this.join();
    if (before.length !== this.all.length || before.some((each, at) => each.what !== this.all[at]?.what)) this.tracer.ledger.outdate([this.asked]);
  }

  private join(): void {
    this.all = [...this.shares.values()].flatMap(({ loaded }) => loaded);
  }

  private loadedIn(path: string): readonly Loaded[] {
    const { summary } = this.tracer.view(path);
    const file = this.tracer.frame({ path, id: 0 });
    if (summary === undefined || file === undefined || !summary.imports.some(({ specifier }) => this.loads(specifier))) return [];
    const found: Loaded[] = [];
    const visit = (value: Value): void => {
      if (value.kind !== "call" || value.callee.kind !== "member") return;
      const holder = this.tracer.trace(value.callee.of, file);
      const option = holder.is === "export" && holder.shape.is === "module" ? holder.shape.loads?.[value.callee.name] : undefined;
      const [arg] = value.args;
      if (option === undefined || arg === undefined) return;
      for (const what of option === "" ? [arg] : this.listed(arg, option, file)) found.push({ path, what });
    };
    for (const fact of summary.classes) for (const decorator of fact.decorators) for (const arg of decorator.args ?? []) walkValue(arg, visit);
    return found;
  }

  private loads(specifier: string): boolean {
    return Object.values(this.tracer.world.catalog.find(specifier)?.exports ?? {}).some((shape) => shape.is === "module" && shape.loads !== undefined);
  }

  private listed(arg: Value, option: string, file: Frame): readonly Value[] {
    const read = readOption(this.tracer, this.tracer.trace(arg, file), option);
    return read.is === "set" && read.value.is === "array" ? read.value.value.items : [];
  }

  private valuesIn({ path, what }: Loaded, name: string): readonly Traced[] {
    const frame = this.tracer.frame({ path, id: 0 });
    return frame === undefined ? [] : possibilities(this.tracer.trace(what, frame)).flatMap((one) => this.under(one, name.split(".")));
  }

  private under(one: Traced, keys: readonly string[]): readonly Traced[] {
    if (one.is === "result" && one.of.is === "export" && one.of.shape.is === "settings") {
      const [named, made] = [one.call.args[one.of.shape.name], one.call.args[one.of.shape.made]];
      const under = named && this.tracer.trace(named, one.frame);
      return made !== undefined && under?.is === "const" && under.value === keys[0] ? possibilities(this.tracer.trace(made, one.frame)).flatMap((fn) => this.under(fn, keys.slice(1))) : [];
    }
    if (one.is !== "function") return [];
    const [fn, frame] = [this.tracer.fn(one.ref), this.tracer.frame(one.ref)];
    if (fn === undefined || frame === undefined) return [];
    return returnValues(fn).map((value) => keys.reduce<Traced>((traced, key) => propertyOf(this.tracer, traced, key), this.tracer.trace(value, frame))).filter((traced) => traced.is !== "unknown");
  }
}
