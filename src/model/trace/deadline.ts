/** The deadline of one call by its own options, its client's, the framework's and the library's default; nearest first. */
import type { TimeoutOption } from "../../catalog/library.ts";
import { satisfies } from "../versions.ts";
import type { Aspect, Evidence } from "../policy.ts";
import type { Place } from "../finding.ts";
import { type ClientStates, registeredOption } from "./client-state.ts";
import type { Called } from "./catalogued.ts";
import { flowOf } from "./flow.ts";
import { numberOf, type Read, readOption } from "./options.ts";
import { type Frame, type Origin, possibilities, type Traced, type TracedParameter } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

export interface DeadlineRead {
  readonly aspect: Aspect<number>;
  /** Callers may give one through this parameter. */
  readonly open?: TracedParameter;
}

export interface DeadlineContext {
  readonly tracer: Tracer;
  readonly states: ClientStates;
  /** Version of a package as seen from a file, where known. */
  readonly versionOf: (path: string, name: string) => string | undefined;
}

export function deadlineOf(ctx: DeadlineContext, called: Called, frame: Frame): DeadlineRead {
  const { library } = called;
  const timeout = library.timeout;
  const evidence: Evidence[] = [];
  if (!timeout) return { aspect: { is: "unknown", evidence } };
  const version = ctx.versionOf(frame.path, library.package);
  const heard = hearsTimeout(called, frame);
  const options = timeout.options.filter((o) => (bounds(o) || (heard && o.covers === "idle" && o.at.includes("call"))) && (o.versions === undefined || version === undefined || satisfies(version, o.versions)));
  let open: TracedParameter | undefined;
  const notes: string[] = [];
  const look = (read: Read, option: TimeoutOption, where: string, place: Place | undefined): Aspect<number> | undefined => {
    if (read.is === "parameter" && read.place && isInjected(ctx.tracer, read.parameter)) return { is: "present", evidence: [{ says: `${option.name} is injected, and set in ${where}`, place: read.place }] };
    if (read.is === "parameter") open ??= read.parameter;
    if (read.is === "unknown") notes.push(where);
    if (read.is !== "set") return undefined;
    return aspectOf(ctx.tracer, read.value, option, read.place ?? place, where);
  };
  for (const option of options.filter((o) => o.at.includes("call"))) {
    for (const argument of callOptions(ctx.tracer, called)) {
      const found = look(readOption(ctx.tracer, argument, option.name), option, "the call", undefined);
      if (found) return { aspect: found };
    }
  }
  evidence.push({ says: "none in the call", place: { path: frame.path, at: called.args[0]?.at ?? 0, end: called.args.at(-1)?.end ?? 0 } });
  const ofClient = clientDeadline(ctx, called.origin, options, look);
  if (ofClient) return { aspect: ofClient };
  if (open) return { aspect: { is: "absent", evidence }, open };
  if (called.origin.parameter) return { aspect: { is: "absent", evidence }, open: called.origin.parameter };
  if (notes.length > 0) return { aspect: { is: "unknown", evidence: [...evidence, { says: `the options of ${notes[0] ?? "the call"} could not be read` }] } };
  if (called.origin.place) evidence.push({ says: `none in ${called.origin.name}`, place: called.origin.place });
  for (const registration of ctx.states.registrationsFor(called.origin)) evidence.push({ says: "none in the module's registration", place: registration.place });
  const name = library.title ?? library.package;
  if (timeout.byDefault === "bounded") return { aspect: timeout.defaultMs === null ? { is: "present", evidence: [{ says: `${name} has one by default` }] } : { is: "known", value: timeout.defaultMs, evidence: [{ says: `${name} stops after ${timeout.defaultMs} ms by default` }] } };
  evidence.push({ says: timeout.byDefault === "never" ? `${name} has no default` : `${name} waits ${Math.round((timeout.defaultMs ?? 0) / 1000)} s by default` });
  return { aspect: { is: "absent", evidence } };
}

/** `constructor(@inject(TIMEOUT) private timeout: number)`: a container gives it, whom no call shows. */
function isInjected(tracer: Tracer, { ref, index }: TracedParameter): boolean {
  const param = tracer.fn(ref)?.params[index];
  return param !== undefined && param.decorators.length > 0 && param.default === undefined && !param.optional;
}

/** Only options that end a call whose peer stays silent count. */
function bounds(option: TimeoutOption): boolean {
  return option.covers === "total" || option.covers === "response";
}

/** `request.on("timeout", () => request.destroy())`: then a socket's idle limit ends the call, which it does not by itself. */
function hearsTimeout(called: Called, { fn }: Frame): boolean {
  if (called.facts.returns !== "emitter" || !fn.calls.some((call) => /\.(?:on|once)$/.test(call))) return false;
  return flowOf(fn).steps.some(({ call: { callee, args } }) => callee.kind === "member" && (callee.name === "on" || callee.name === "once") && args[0]?.kind === "const" && args[0].value === "timeout");
}

/** The options argument; where the facts name none (generated gRPC clients), every argument that is an object. */
function callOptions(tracer: Tracer, called: Called): readonly Traced[] {
  const at = called.facts.options;
  if (at === undefined) return called.args.flatMap((a) => (a.kind === "object" || a.kind === "name" ? possibilities(tracer.trace(a, called.argsFrame)).filter((t) => t.is === "object") : []));
  const arg = called.args[at < 0 ? called.args.length + at : at];
  if (!arg) return called.args.some((a) => a.kind === "spread") ? [{ is: "unknown", why: "arguments are spread" }] : [];
  // `options.query` of `{}` is not there.
  if (arg.kind === "member" && possibilities(tracer.trace(arg.of, called.argsFrame)).every((one) => one.is === "object") && readOption(tracer, tracer.trace(arg.of, called.argsFrame), arg.name).is === "absent") return [];
  const traced = tracer.trace(arg, called.argsFrame);
  const next = called.args[at + 1];
  const isUrl = possibilities(traced).every((t) => t.is === "const" || t.is === "text");
  // `request(url, callback)`: what follows the address is no options.
  const options = isUrl ? next && tracer.trace(next, called.argsFrame) : traced;
  return options && options.is !== "function" ? [options] : [];
}

function clientDeadline(ctx: DeadlineContext, origin: Origin, options: readonly TimeoutOption[], look: (read: Read, option: TimeoutOption, where: string, place: Place | undefined) => Aspect<number> | undefined): Aspect<number> | undefined {
  for (let o: Origin | undefined = origin, depth = 0; o && depth < 4; o = o.parent, depth++) {
    const state = ctx.states.of(o);
    for (const option of options) {
      if (o.call && o.frame && o.options !== undefined && (option.at.includes("instance") || option.at.includes("defaults"))) {
        const arg = o.call.args[o.options];
        const found = arg && look(readOption(ctx.tracer, ctx.tracer.trace(arg, o.frame), option.name), option, o.name, o.place);
        if (found) return found;
      }
      const set = state.defaults.find((d) => d.path === option.name);
      const fromDefaults = set && aspectOf(ctx.tracer, set.value, option, set.place, `the defaults of ${o.name}`);
      if (fromDefaults) return fromDefaults;
      const intercepted = state.intercepted.find((i) => i.option === option.name.split(".")[0]);
      if (intercepted) return { is: "present", evidence: [{ says: `an interceptor sets ${option.name}`, place: intercepted.place }] };
    }
    for (const registration of ctx.states.registrationsFor(o)) {
      for (const option of options.filter((one) => one.at.includes("module"))) {
        const found = look(registeredOption(ctx.tracer, registration, option.name), option, "the module's registration", registration.place);
        if (found) return found;
      }
    }
  }
  return undefined;
}

/** Undefined where the value switches the option off. */
function aspectOf(tracer: Tracer, value: Traced, option: TimeoutOption, place: Place | undefined, where: string): Aspect<number> | undefined {
  const evidence: Evidence[] = [{ says: `${option.name} is set in ${where}`, ...(place ? { place } : {}) }];
  if (option.unit === "signal") {
    const ms = signalMs(tracer, value);
    return ms === undefined ? { is: "present", evidence } : { is: "known", value: ms, evidence };
  }
  if (option.unit === "agent") return possibilities(value).every((one) => one.is === "instance" && one.origin.library.timeout?.byDefault === "bounded") ? { is: "present", evidence } : undefined;
  const number = numberOf(value) ?? (option.unit === "string" ? durationOf(value) : undefined);
  if (number !== undefined && (option.off?.includes(number) === true || number === Infinity)) return undefined;
  if (value.is === "const" && typeof value.value === "boolean" && option.off?.includes(value.value) === true) return undefined;
  if (number === undefined || option.unit === "date") return { is: "present", evidence };
  return { is: "known", value: option.unit === "s" ? number * 1000 : number, evidence };
}

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `"30 seconds"`, `"5m"` in milliseconds. */
function durationOf(value: Traced): number | undefined {
  const match = value.is === "const" && typeof value.value === "string" ? /^\s*(\d+(?:\.\d+)?)\s*(ms|milli\w*|s(?:ec\w*)?|m(?:in\w*)?|h(?:ours?|rs?)?|d(?:ays?)?)?\s*$/i.exec(value.value) : null;
  if (!match) return undefined;
  const unit = (match[2] ?? "ms").toLowerCase();
  const factor = /^(?:ms|milli)/.test(unit) ? UNITS.ms : /^s/.test(unit) ? UNITS.s : /^m/.test(unit) ? UNITS.m : /^h/.test(unit) ? UNITS.h : UNITS.d;
  return Number(match[1]) * factor;
}

function signalMs(tracer: Tracer, value: Traced): number | undefined {
  if (value.is !== "result" || value.of.is !== "export" || value.of.shape.is !== "deadline-signal") return undefined;
  const arg = value.call.args[value.of.shape.ms];
  return arg && numberOf(tracer.trace(arg, value.frame));
}
