/** Handlers that decorators make, and queues that code binds to exchanges, with their names as the tracer reads them. */
import type { DecoratorFacts } from "../../catalog/library.ts";
import type { CallValue, CodeSummary, DecoratorFact, FunctionFact, Node, Value } from "../../syntax/summary.ts";
import type { Text } from "../text.ts";
import { decoratorFacts } from "../trace/entries.ts";
import { returnValues } from "../trace/calls.ts";
import { readOption } from "../trace/options.ts";
import { asText, textIn } from "../trace/text-of.ts";
import type { Frame } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import { walkInstructions, walkValues } from "../trace/walk.ts";
import type { Binding, Handler } from "./handlers.ts";
import type { Summaries } from "./manifests.ts";
import { itemsOf, nodeAt, textAt } from "./reading.ts";

/** Methods under `@Get()`, `@EventPattern()`, `@GrpcMethod()`, `@Cron()` … */
export function decoratedHandlers(tracer: Tracer, summaries: Summaries): readonly Handler[] {
  return codeIn(summaries).flatMap((summary) => summary.functions.flatMap((fn) => handlersOf(tracer, summary, fn)));
}

function codeIn(summaries: Summaries): readonly CodeSummary[] {
  return [...summaries.values()].filter((summary) => summary.kind === "code");
}

function handlersOf(tracer: Tracer, summary: CodeSummary, fn: FunctionFact): readonly Handler[] {
  const ofClass = summary.classes[fn.classId]?.decorators ?? [];
  const own = fn.decorators.flatMap((decorator) => toHandler(decorator, fn));
  if (own.length > 0 || fn.name !== "process") return own;
  // `@Processor("mails") class … { process(job) }`
  return ofClass.flatMap((decorator) => toHandler(decorator, fn).filter((handler) => handler.kind === "processor"));

  function toHandler(decorator: DecoratorFact, at: FunctionFact): readonly Handler[] {
    const means = decoratorFacts(tracer, summary.path, at, decorator);
    const frame = tracer.frame({ path: summary.path, id: Math.max(at.parent, 0) });
    if (means === undefined || frame === undefined || !isHandling(means)) return [];
    const base = means.kind === "grpc-method" ? grpcService(tracer, decorator, summary, at, frame) : means.kind === "resolver" ? typeOf(means, frame) : baseOf(tracer, summary, at, frame);
    const target = means.kind === "resolver" ? fieldName(tracer, decorator, at, frame) : namedBy(tracer, decorator.args?.[means.path ?? 0], frame);
    return [{
      kind: means.kind, path: summary.path, place: { path: summary.path, at: at.nameAt, end: at.nameEnd }, library: decorator.name,
      ...(means.method === undefined ? {} : { method: means.method }), ...(base === undefined ? {} : { base }),
      target: target.length === 0 && means.kind === "grpc-method" ? [{ is: "known", text: `${at.name.charAt(0).toUpperCase()}${at.name.slice(1)}` }] : target,
    }]; // prettier-ignore
  }

  /** `Query`, or the type whose field it resolves: `@Resolver(() => User)`. */
  function typeOf(means: Handling, frame: Frame): Text {
    const root = /^(?:QUERY|MUTATION|SUBSCRIPTION)$/.exec(means.method ?? "")?.[0];
    if (root !== undefined) return [{ is: "known", text: `${root.charAt(0)}${root.slice(1).toLowerCase()}` }];
    const of = ofClass.find((decorator) => decorator.name.split(".").at(-1) === "Resolver")?.args?.[0];
    const fn = of?.kind === "function" ? tracer.fn({ path: summary.path, id: of.id }) : undefined;
    const type = fn === undefined ? of : returnValues(fn)[0];
    const name = type?.kind === "const" ? String(type.value) : type?.kind === "name" ? type.name : undefined;
    return name === undefined ? (type === undefined ? [] : namedBy(tracer, type, frame)) : [{ is: "known", text: name }];
  }

  function baseOf(with_: Tracer, file: CodeSummary, at: FunctionFact, frame: Frame): Text | undefined {
    const controller = ofClass.find((decorator) => decoratorFacts(with_, file.path, at, decorator)?.kind === "controller");
    return controller === undefined ? undefined : namedBy(with_, controller.args?.[0], frame);
  }
}

/** `@Query(() => User, { name: "user" })`, `@Query("user")`, else the method's own name. */
function fieldName(tracer: Tracer, decorator: DecoratorFact, fn: FunctionFact, frame: Frame): Text {
  for (const arg of decorator.args ?? []) {
    const traced = tracer.trace(arg, frame);
    if (traced.is === "const" && typeof traced.value === "string") return asText(traced);
    const read = traced.is === "object" ? readOption(tracer, traced, "name") : undefined;
    if (read?.is === "set") return asText(read.value);
  }
  return [{ is: "known", text: fn.name }];
}

type Handling = Extract<DecoratorFacts, { readonly path?: number }> & { readonly kind: Handler["kind"] };

function isHandling(means: DecoratorFacts): means is Handling {
  return ["route", "message-handler", "event-handler", "schedule", "resolver", "processor", "grpc-method"].includes(means.kind);
}

/** `@GrpcMethod("Users", "Find")`; without a name the class says it. */
function grpcService(tracer: Tracer, decorator: DecoratorFact, summary: CodeSummary, fn: FunctionFact, frame: Frame): Text {
  const named = namedBy(tracer, decorator.args?.[0], frame);
  return named.length > 0 ? named : [{ is: "known", text: summary.classes[fn.classId]?.name ?? "" }];
}

const NAMES = ["cmd", "role", "path", "exchange", "topic", "queue", "queueName", "routingKey", "name", "pattern", "type"];

/** A name, the name in an object (`{ cmd: "sum" }`), or the first of a list. */
function namedBy(tracer: Tracer, value: Value | undefined, frame: Frame): Text {
  if (value === undefined) return [];
  const traced = tracer.trace(value, frame);
  if (traced.is === "array") return namedBy(tracer, traced.value.items[0], traced.frame);
  if (traced.is !== "object") return asText(traced);
  for (const name of NAMES) {
    const read = readOption(tracer, traced, name);
    if (read.is === "set") return asText(read.value);
  }
  return [];
}

/** `channel.bindQueue(queue, exchange, key)`: who consumes the queue consumes what the exchange is given. */
export function queueBindings(tracer: Tracer, summaries: Summaries): readonly Binding[] {
  return codeIn(summaries).flatMap((summary) =>
    summary.functions.flatMap((fn) => (fn.calls.some((callee) => callee.endsWith("bindQueue")) ? bindingsIn(tracer, summary, fn) : [])),
  );
}

/** What a broker is started with: `definitions.json` of RabbitMQ. */
export function definedBindings(summaries: Summaries): readonly Binding[] {
  return [...summaries.values()].flatMap((summary) => (summary.kind === "document" && /definitions[\w.-]*\.json$/.test(summary.path) ? summary.documents.flatMap((root) => itemsOf(nodeAt(root, "bindings")).flatMap((binding) => definedBinding(summary.path, binding))) : []));
}

function definedBinding(path: string, binding: Node): readonly Binding[] {
  const [queue, exchange, key] = [textAt(binding, "destination"), textAt(binding, "source"), textAt(binding, "routing_key")];
  const text = (known: string | undefined): Text => (known === undefined || known === "" ? [] : [{ is: "known", text: known }]);
  return textAt(binding, "destination_type") !== "queue" ? [] : [{ path, isBrokers: true, queue: text(queue), exchange: text(exchange), key: text(key) }];
}

function bindingsIn(tracer: Tracer, summary: CodeSummary, fn: FunctionFact): readonly Binding[] {
  const frame = tracer.frame({ path: summary.path, id: fn.id });
  const bindings: Binding[] = [];
  if (frame === undefined) return bindings;
  walkInstructions(fn.body, (step) => {
    walkValues(step, (value) => {
      if (value.kind !== "call" || value.callee.kind !== "member" || value.callee.name !== "bindQueue") return;
      bindings.push({ path: summary.path, queue: argument(value, 0, frame), exchange: argument(value, 1, frame), key: argument(value, 2, frame) });
    });
  });
  return bindings;

  function argument(call: CallValue, index: number, at: Frame): Text {
    const value = call.args[index];
    return value === undefined ? [] : textIn(tracer, value, at);
  }
}
