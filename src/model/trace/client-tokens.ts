/** Clients that a container hands out under a token: what their registration says of address and transport. */
import type { CallValue, Value } from "../../syntax/summary.ts";
import { factoryResult, optionsMade } from "./factories.ts";
import { type Frame, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";
import { chainOf, walkInstructions, walkValues } from "./walk.ts";

export interface TokenRegistration {
  /** File that registers it. */
  readonly path: string;
  readonly options: Traced;
  /** Paths in the options that hold the address. */
  readonly target: string;
}

/** A registration under one of the names that its token goes by: the constant's value, or the constant's own name. */
export interface NamedRegistration {
  readonly name: string;
  readonly registration: TokenRegistration;
}

export function tokenRegistrationsIn(tracer: Tracer, path: string): readonly NamedRegistration[] {
  const found: NamedRegistration[] = [];
  const add = (names: readonly string[], made: TokenRegistration): void => {
    for (const name of new Set(names)) found.push({ name, registration: made });
  };
  const { summary } = tracer.view(path);
  const file = tracer.frame({ path, id: 0 });
  if (summary === undefined || file === undefined) return [];
  for (const fact of summary.classes) for (const decorator of fact.decorators) for (const arg of decorator.args ?? []) registrationsIn(arg, file);
  walkInstructions(file.fn.body, (step) => walkValues(step, (value) => registration(value, file)));
  return found;

  function registrationsIn(value: Value, frame: Frame): void {
    if (value.kind === "object") for (const property of value.properties) registrationsIn(property.value, frame);
    else if (value.kind === "array") for (const item of value.items) registrationsIn(item, frame);
    else registration(value, frame);
    if (value.kind === "object") provider(value, frame);
    if (value.kind === "call") dynamicModule(value, frame);
  }

  /** `QueueModule.register("ORDERS")`: the module that a function of the workspace puts together for these arguments. */
  function dynamicModule(value: CallValue, frame: Frame): void {
    for (const made of possibilities(tracer.trace(value, frame))) {
      if (made.is !== "object" || !made.frame.particular) continue;
      for (const { key, value: list } of made.value.properties) {
        if (key !== "providers" && key !== "imports") continue;
        for (const item of listed(list, made.frame)) registrationsIn(item.value, item.frame);
      }
    }
  }

  /** `ClientsModule.register([{ name: TOKEN, transport, options }])`, `registerAsync([{ name, useFactory }])` */
  function registration(value: Value, frame: Frame): void {
    if (value.kind !== "call" || value.callee.kind !== "member") return;
    const holder = tracer.trace(value.callee.of, frame);
    if (holder.is !== "export" || holder.shape.is !== "module" || holder.shape.token === undefined) return;
    const index = holder.shape.registers[value.callee.name];
    const arg = index === undefined ? undefined : value.args[index];
    for (const item of arg === undefined ? [] : listed(arg, frame)) {
      const name = item.value.kind === "object" ? item.value.properties.find((property) => property.key === (holder.shape.is === "module" ? holder.shape.token : ""))?.value : undefined;
      if (name !== undefined) add(namesOf(name, item.frame), { path: frame.path, options: optionsMade(tracer, tracer.trace(item.value, item.frame)), target: holder.shape.target ?? "" });
    }
  }

  /** `{ provide: TOKEN, useFactory: () => ClientProxyFactory.create(options) }` */
  function provider(value: Value & { kind: "object" }, frame: Frame): void {
    const token = value.properties.find((property) => property.key === "provide")?.value;
    const factory = value.properties.find((property) => property.key === "useFactory" || property.key === "useValue")?.value;
    if (token === undefined || factory === undefined) return;
    for (const made of possibilities(factoryResult(tracer, tracer.trace(factory, frame)))) {
      if (made.is !== "instance" || made.origin.target?.path === undefined || made.origin.call === undefined || made.origin.frame === undefined) continue;
      const arg = made.origin.call.args[made.origin.target.arg];
      if (arg !== undefined) add(namesOf(token, frame), { path: frame.path, options: tracer.trace(arg, made.origin.frame), target: made.origin.target.path });
    }
  }

  function listed(arg: Value, frame: Frame): readonly { readonly value: Value; readonly frame: Frame }[] {
    return possibilities(tracer.trace(arg, frame)).flatMap((traced) => {
      if (traced.is === "array") return traced.value.items.flatMap((value) => listed(value, traced.frame));
      if (traced.is !== "object") return [];
      const clients = traced.value.properties.find((property) => property.key === "clients")?.value;
      return clients === undefined ? [{ value: traced.value, frame: traced.frame }] : listed(clients, traced.frame);
    });
  }

  function namesOf(value: Value, frame: Frame): readonly string[] {
    const traced = tracer.trace(value, frame);
    const last = chainOf(value)?.at(-1);
    return [...(traced.is === "const" && typeof traced.value === "string" ? [traced.value] : []), ...(last === undefined ? [] : [last])];
  }
}
