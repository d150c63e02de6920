/** What is done to a client after it was made: defaults assigned, interceptors added, retries attached, modules registered. */
import type { WrapFacts } from "../../catalog/library.ts";
import type { CallValue, CodeSummary, Value } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import { type TokenRegistration, tokenRegistrations } from "./client-tokens.ts";
import type { CallGraph } from "./graph.ts";
import { anyValue } from "./exits.ts";
import { readOption } from "./options.ts";
import { type ClassKey, type Frame, type Origin, possibilities, type Traced } from "./traced.ts";
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

export function clientStates(tracer: Tracer, graph: CallGraph): ClientStates {
  const states = new Map<string, { defaults: ClientState["defaults"][number][]; attached: ClientState["attached"][number][]; intercepted: ClientState["intercepted"][number][] }>();
  for (const [path, summary] of tracer.world.files) if (importsClients(tracer, path, summary)) scan(path, summary);
  const registrations = new Map<string, readonly Registration[]>();
  let byToken: ReturnType<typeof tokenRegistrations> | undefined;
  return {
    registeredUnder: ({ token, injectedInto }) => {
      if (token === undefined) return undefined;
      byToken ??= tokenRegistrations(tracer);
      const near = (path: string): number => commonFolders(path, injectedInto?.path ?? "");
      return [...(byToken.get(token) ?? [])].sort((a, b) => near(b.path) - near(a.path))[0];
    },
    of: (origin) => states.get(originKey(origin)) ?? NOTHING,
    registrationsFor: (origin) => {
      const key = origin.injectedInto ? `${origin.injectedInto.path}#${origin.injectedInto.id}` : "";
      const known = registrations.get(key);
      if (known) return known.filter((r) => r.provides === "" || r.provides.endsWith(origin.type));
      const found = origin.injectedInto ? modulesAround(tracer, origin.injectedInto) : [];
      registrations.set(key, found);
      return found.filter((r) => r.provides === "" || r.provides.endsWith(origin.type));
    },
  };

  function state(origin: Origin): { defaults: ClientState["defaults"][number][]; attached: ClientState["attached"][number][]; intercepted: ClientState["intercepted"][number][] } {
    const key = originKey(origin);
    let found = states.get(key);
    if (!found) states.set(key, (found = { defaults: [], attached: [], intercepted: [] }));
    return found;
  }

  function scan(path: string, summary: CodeSummary): void {
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
  }

  function defaults(target: Value, value: Value, frame: Frame): void {
    const names: string[] = [];
    for (let v: Value = target; v.kind === "member"; v = v.of) {
      names.unshift(v.name);
      if (names[0] !== "defaults") continue;
      for (const traced of possibilities(tracer.trace(v.of, frame))) {
        const origin = traced.is === "instance" ? traced.origin : traced.is === "export" && traced.shape.is === "instance" ? { library: traced.library, type: traced.shape.type, name: traced.name, confidence: "certain" as const } : undefined;
        if (origin) state(origin).defaults.push({ path: names.slice(1).join("."), value: tracer.trace(value, frame), place: { path: frame.path, at: target.at, end: value.end } });
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
      if (origin) state(origin).attached.push({ wrap, call, frame, place, by: callee.library.package });
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
      if (origin) for (const option of options) state(origin).intercepted.push({ option, place: { path: handler.ref.path, at: fn.at, end: fn.end } });
    }
  }
}

function commonFolders(a: string, b: string): number {
  const [left, right] = [a.split("/"), b.split("/")];
  const differs = left.findIndex((folder, index) => folder !== right[index]);
  return differs < 0 ? left.length : differs;
}

function importsClients(tracer: Tracer, path: string, summary: CodeSummary): boolean {
  return summary.functions.some((fn) => fn.calls.some((c) => c.includes("interceptors") || c.endsWith("Retry") || c.endsWith("retry") || c.includes("attach"))) || summary.imports.some((i) => {
    const resolved = tracer.world.resolve(path, i.specifier);
    const library = resolved.is === "package" ? tracer.world.catalog.find(resolved.name) : undefined;
    return library !== undefined && Object.values(library.types).some((t) => t.defaults !== undefined);
  });
}

/** The framework modules that list a class, and what they and the modules that they import register. */
function modulesAround(tracer: Tracer, injectedInto: ClassKey): readonly Registration[] {
  const name = tracer.class(injectedInto)?.name;
  if (name === undefined) return [];
  const found: Registration[] = [];
  for (const [path, summary] of tracer.world.files) {
    for (const fact of summary.classes) {
      const [meta] = fact.decorators.find((d) => d.name === "Module")?.args ?? [];
      if (meta?.kind !== "object") continue;
      const lists = meta.properties.filter((p) => p.key === "providers" || p.key === "controllers").map((p) => p.value);
      if (!lists.some((list) => list.kind === "array" && list.items.some((i) => chainOf(i)?.at(-1) === name || (i.kind === "object" && i.properties.some((p) => p.key === "useClass" && chainOf(p.value)?.at(-1) === name))))) continue;
      const frame = tracer.frame({ path, id: 0 });
      const imports = meta.properties.find((p) => p.key === "imports")?.value;
      if (frame && imports) found.push(...registrationsIn(tracer, imports, frame, 0));
    }
  }
  return found;
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
    const mentions = fn && anyValue(fn.body, (v) => v.kind === "object" && v.properties.some((p) => p.key === name || p.spread));
    return mentions === true ? { is: "set", value: { is: "unknown", why: "given by a factory" }, place: registration.place } : { is: "absent" };
  }
  return direct;
}
