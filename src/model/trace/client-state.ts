/** What is done to a client after it was made: defaults assigned, interceptors added, retries attached, modules registered. */
import type { WrapFacts } from "../../catalog/library.ts";
import type { CallValue, CodeSummary, Value } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import { isAlike } from "./alike.ts";
import { type NamedRegistration, type TokenRegistration, tokenRegistrationsIn } from "./client-tokens.ts";
import { returnValues } from "./calls.ts";
import { anyValue } from "./exits.ts";
import { Cell, Cells } from "./ledger.ts";
import { readOption } from "./options.ts";
import { commonFolders } from "./paths.ts";
import { type Frame, type Origin, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf } from "./walk.ts";

export interface ClientState {
  /** `client.defaults.timeout = 5000`: property path below the defaults object → value. */
  readonly defaults: readonly { readonly path: string; readonly value: Traced; readonly place: Place }[];
  readonly attached: readonly { readonly wrap: WrapFacts; readonly call: CallValue; readonly frame: Frame; readonly place: Place; readonly by: string }[];
  /** Options that an interceptor sets on each request (`config.timeout = …`, `return { ...config, signal }`). */
  readonly intercepted: readonly { readonly option: string; readonly place: Place }[];
}

export interface Registration {
  readonly provides: string;
  readonly options: Traced | undefined;
  readonly place: Place;
}

const NOTHING: ClientState = { defaults: [], attached: [], intercepted: [] };

export interface ClientStates {
  readonly of: (origin: Origin) => ClientState;
  /** Registrations of framework modules that hold for a class that has a client injected. */
  readonly registrationsFor: (origin: Origin) => readonly Registration[];
  /** What is registered under the token that a client is injected by: of several the nearest. */
  readonly registeredUnder: (origin: Origin) => TokenRegistration | undefined;
}

/** Same client, same key: where it was made, else the library's own default instance. */
export function originKey(origin: Origin): string {
  return origin.place ? `${origin.place.path}#${origin.place.at}` : `${origin.library.package}:${origin.type}:${origin.entity ?? ""}`;
}

/** One thing that is done to a client. */
type Done = { readonly key: string } & (
  | { readonly is: "default"; readonly fact: ClientState["defaults"][number] }
  | { readonly is: "attached"; readonly fact: ClientState["attached"][number] }
  | { readonly is: "intercepted"; readonly fact: ClientState["intercepted"][number] }
);

/** What the code of each file does to clients, put together by client. */
export class ClientRegister implements ClientStates {
  private readonly tracer: Tracer;
  private readonly shares = new Map<string, { readonly cell: Cell; done: readonly Done[] }>();
  private states: ReadonlyMap<string, ClientState> = new Map();
  private readonly asked: Cells;
  private readonly askedModules: Cells;
  private readonly askedTokens: Cells;
  private modules: ModuleIndex;
  /** Found file by file, once somebody asks for a token. */
  private readonly tokensByFile = new Map<string, { readonly cell: Cell; found: readonly NamedRegistration[] }>();
  private tokens: TokenIndex | undefined;

  constructor(tracer: Tracer) {
    this.tracer = tracer;
    this.asked = new Cells(tracer.ledger);
    this.askedModules = new Cells(tracer.ledger);
    this.askedTokens = new Cells(tracer.ledger);
    for (const path of tracer.world.files.keys()) this.shares.set(path, { cell: new Cell(), done: [] });
    for (const [path, share] of this.shares) share.done = this.doneIn(path, share.cell);
    this.states = this.joined();
    this.modules = moduleIndex(tracer);
  }

  of(origin: Origin): ClientState {
    const key = originKey(origin);
    this.asked.read(key);
    return this.states.get(key) ?? NOTHING;
  }

  registrationsFor(origin: Origin): readonly Registration[] {
    const name = origin.injectedInto && this.tracer.class(origin.injectedInto)?.name;
    if (name === undefined) return [];
    this.askedModules.read(name);
    const found = (this.modules.get(name) ?? []).flatMap(({ path, imports }) => {
      const frame = this.tracer.frame({ path, id: 0 });
      return frame ? registrationsIn(this.tracer, imports, frame, 0) : [];
    });
    return found.filter((r) => r.provides === "" || r.provides.endsWith(origin.type));
  }

  registeredUnder({ token, injectedInto }: Origin): TokenRegistration | undefined {
    if (token === undefined) return undefined;
    this.askedTokens.read(token);
    this.tokens ??= this.tokenIndex();
    const near = (path: string): number => commonFolders(path, injectedInto?.path ?? "");
    return [...(this.tokens.get(token) ?? [])].sort((a, b) => near(b.path) - near(a.path))[0];
  }

  private tokenIndex(): TokenIndex {
    const index = new Map<string, TokenRegistration[]>();
    for (const path of this.tracer.world.files.keys()) {
      let known = this.tokensByFile.get(path);
      if (!known || known.cell.stale) {
        const cell = known?.cell ?? new Cell();
        this.tokensByFile.set(path, (known = { cell, found: this.tracer.ledger.apart(cell, () => tokenRegistrationsIn(this.tracer, path)) }));
      }
      for (const { name, registration } of known.found) {
        const list = index.get(name);
        if (list) list.push(registration);
        else index.set(name, [registration]);
      }
    }
    return index;
  }

  /** Looks again at the files where something changed. */
  refresh(): void {
    const before = { states: this.states, modules: this.modules, tokens: this.tokens };
    const stale = [...this.shares].filter(([, { cell }]) => cell.stale);
    for (const [path, share] of stale) share.done = this.doneIn(path, share.cell);
    if (stale.length > 0) this.states = this.joined();
    if (stale.some(([path]) => this.mayList(path))) this.modules = moduleIndex(this.tracer);
    if (before.tokens && [...this.tokensByFile.values()].some(({ cell }) => cell.stale)) this.tokens = this.tokenIndex();
    if (before.tokens) this.askedTokens.compare((key) => isAlike(before.tokens?.get(key), this.tokens?.get(key)));
    this.asked.compare((key) => isAlike(before.states.get(key), this.states.get(key)));
    this.askedModules.compare((key) => isAlike(before.modules.get(key), this.modules.get(key)));
  }

  /** A file that registers modules, or did so before. */
  private mayList(path: string): boolean {
    const lists = this.tracer.world.files.get(path)?.classes.some((fact) => fact.decorators.some((d) => d.name === "Module")) === true;
    return lists || [...this.modules.values()].some((list) => list.some((one) => one.path === path));
  }

  private doneIn(path: string, cell: Cell): readonly Done[] {
    return this.tracer.ledger.within(cell, () => {
      const { summary } = this.tracer.view(path);
      return summary && importsClients(this.tracer, path, summary) ? scan(this.tracer, path, summary) : [];
    });
  }

  private joined(): ReadonlyMap<string, ClientState> {
    const states = new Map<string, { defaults: ClientState["defaults"][number][]; attached: ClientState["attached"][number][]; intercepted: ClientState["intercepted"][number][] }>();
    for (const { done } of this.shares.values()) {
      for (const one of done) {
        let state = states.get(one.key);
        if (!state) states.set(one.key, (state = { defaults: [], attached: [], intercepted: [] }));
        if (one.is === "default") state.defaults.push(one.fact);
        else if (one.is === "attached") state.attached.push(one.fact);
        else state.intercepted.push(one.fact);
      }
    }
    return states;
  }
}

function scan(tracer: Tracer, path: string, summary: CodeSummary): readonly Done[] {
  const done: Done[] = [];
  for (const fn of summary.functions) {
    const frame = tracer.frame({ path, id: fn.id });
    if (!frame) continue;
    anyValue(fn.body, (v) => {
      if (v.kind === "assign" && v.op === "=") defaults(v.target, v.value, frame);
      if (v.kind === "call") {
        attaches(v, frame);
        interceptor(v, frame);
      }
      return false;
    });
  }
  return done;

  function defaults(target: Value, value: Value, frame: Frame): void {
    const names: string[] = [];
    for (let v: Value = target; v.kind === "member"; v = v.of) {
      names.unshift(v.name);
      if (names[0] !== "defaults") continue;
      for (const traced of possibilities(tracer.trace(v.of, frame))) {
        const origin = traced.is === "instance" ? traced.origin : traced.is === "export" && traced.shape.is === "instance" ? { library: traced.library, type: traced.shape.type, name: traced.name, confidence: "certain" as const } : undefined;
        if (origin) done.push({ key: originKey(origin), is: "default", fact: { path: names.slice(1).join("."), value: tracer.trace(value, frame), place: { path: frame.path, at: target.at, end: value.end } } });
      }
    }
  }

  function attaches(call: CallValue, frame: Frame): void {
    const callee = tracer.trace(call.callee, frame);
    if (callee.is !== "export" || callee.shape.is !== "attaches") return;
    const arg = call.args[callee.shape.instance];
    const { wrap } = callee.shape;
    const place = { path: frame.path, at: call.at, end: call.callee.end };
    for (const traced of arg ? possibilities(tracer.trace(arg, frame)) : []) {
      const origin = traced.is === "instance" ? traced.origin : traced.is === "export" && traced.shape.is === "instance" ? { library: traced.library, type: traced.shape.type, name: traced.name, confidence: "certain" as const } : undefined;
      if (origin) done.push({ key: originKey(origin), is: "attached", fact: { wrap, call, frame, place, by: callee.library.package } });
    }
  }

  /** `client.interceptors.request.use((config) => …)` */
  function interceptor(call: CallValue, frame: Frame): void {
    const { callee } = call;
    if (callee.kind !== "member" || callee.name !== "use" || callee.of.kind !== "member" || callee.of.name !== "request") return;
    const holder = callee.of.of;
    if (holder.kind !== "member" || holder.name !== "interceptors") return;
    const handler = call.args[0] && tracer.trace(call.args[0], frame);
    const fn = handler?.is === "function" ? tracer.fn(handler.ref) : undefined;
    if (!fn || handler?.is !== "function") return;
    const options = new Set<string>();
    anyValue(fn.body, (v) => {
      if (v.kind === "assign" && v.target.kind === "member") options.add(v.target.name);
      if (v.kind === "object") for (const p of v.properties) if (p.key !== undefined) options.add(p.key);
      return false;
    });
    for (const traced of possibilities(tracer.trace(holder.of, frame))) {
      const origin = traced.is === "instance" ? traced.origin : traced.is === "export" && traced.shape.is === "instance" ? { library: traced.library, type: traced.shape.type, name: traced.name, confidence: "certain" as const } : undefined;
      if (origin) for (const option of options) done.push({ key: originKey(origin), is: "intercepted", fact: { option, place: { path: handler.ref.path, at: fn.at, end: fn.end } } });
    }
  }
}

function importsClients(tracer: Tracer, path: string, summary: CodeSummary): boolean {
  return summary.functions.some((fn) => fn.calls.some((c) => c.includes("interceptors") || c.endsWith("Retry") || c.endsWith("retry") || c.includes("attach"))) || summary.imports.some((i) => {
    const resolved = tracer.world.resolve(path, i.specifier);
    const library = resolved.is === "package" ? tracer.world.catalog.find(resolved.name) : undefined;
    return library !== undefined && Object.values(library.types).some((t) => t.defaults !== undefined);
  });
}

type TokenIndex = ReadonlyMap<string, readonly TokenRegistration[]>;

type ModuleIndex = ReadonlyMap<string, readonly { readonly path: string; readonly imports: Value }[]>;

/** The framework modules that list a class, by its name, with what they import. */
function moduleIndex(tracer: Tracer): ModuleIndex {
  const index = new Map<string, { path: string; imports: Value }[]>();
  for (const [path, summary] of tracer.world.files) {
    for (const fact of summary.classes) {
      const [meta] = fact.decorators.find((d) => d.name === "Module")?.args ?? [];
      const imports = meta?.kind === "object" ? meta.properties.find((p) => p.key === "imports")?.value : undefined;
      if (meta?.kind !== "object" || !imports) continue;
      for (const name of new Set(meta.properties.filter((p) => p.key === "providers" || p.key === "controllers").flatMap((p) => listed(p.value)))) {
        const list = index.get(name);
        if (list) list.push({ path, imports });
        else index.set(name, [{ path, imports }]);
      }
    }
  }
  return index;
}

function listed(list: Value): readonly string[] {
  if (list.kind !== "array") return [];
  return list.items.flatMap((item) => {
    const own = chainOf(item)?.at(-1);
    const made = item.kind === "object" ? item.properties.flatMap((p) => (p.key === "useClass" ? (chainOf(p.value)?.at(-1) ?? []) : [])) : [];
    return own === undefined ? made : [own, ...made];
  });
}

function registrationsIn(tracer: Tracer, imports: Value, frame: Frame, depth: number): readonly Registration[] {
  if (imports.kind !== "array" || depth > 3) return [];
  return imports.items.flatMap((item): readonly Registration[] => {
    const place = { path: frame.path, at: item.at, end: item.end };
    if (item.kind === "call" && item.callee.kind === "member") {
      const holder = tracer.trace(item.callee.of, frame);
      if (holder.is === "export" && holder.shape.is === "module") {
        const index = holder.shape.registers[item.callee.name];
        const arg = index === undefined ? undefined : item.args[index];
        return [{ provides: holder.shape.provides, options: arg && tracer.trace(arg, frame), place }];
      }
      return [];
    }
    const traced = tracer.trace(item, frame);
    if (traced.is === "export" && traced.shape.is === "module") return [{ provides: traced.shape.provides, options: undefined, place }];
    if (traced.is !== "class") return [];
    const fact = tracer.class(traced.class);
    const inner = tracer.frame({ path: traced.class.path, id: 0 });
    const [meta] = fact?.decorators.find((d) => d.name === "Module")?.args ?? [];
    const next = meta?.kind === "object" ? meta.properties.find((p) => p.key === "imports")?.value : undefined;
    return next && inner ? registrationsIn(tracer, next, inner, depth + 1) : [];
  });
}

/** The options of a registration; `registerAsync({ useFactory: () => options })` gives what the factory returns. */
export function registeredOption(tracer: Tracer, registration: Registration, name: string): ReturnType<typeof readOption> {
  if (!registration.options) return { is: "absent" };
  const direct = readOption(tracer, registration.options, name);
  if (direct.is === "set") return direct;
  if (registration.options.is !== "object") return direct;
  for (const key of ["useFactory", "useClass", "useExisting"]) {
    const factory = readOption(tracer, registration.options, key);
    if (factory.is !== "set") continue;
    if (factory.value.is !== "function") return { is: "unknown" };
    const fn = tracer.fn(factory.value.ref);
    const frame = tracer.frame(factory.value.ref);
    const reads = fn && frame ? returnValues(fn).map((value) => readOption(tracer, tracer.trace(value, frame), name)) : [];
    const given = reads.find((read) => read.is === "set");
    if (given) return given;
    if (reads.length > 0 && reads.every((read) => read.is === "absent")) return { is: "absent" };
    const mentions = fn && anyValue(fn.body, (v) => v.kind === "object" && v.properties.some((p) => p.key === name || p.spread));
    return mentions === true ? { is: "set", value: { is: "unknown", why: "given by a factory" }, place: registration.place } : { is: "absent" };
  }
  return direct;
}
