/** Calls that the catalog knows: what they do, on which instance, with which arguments. */
import type { CallFacts, Library, Shape } from "../../catalog/library.ts";
import type { CallValue, NewValue, Value } from "../../syntax/summary.ts";
import { callShape, defaultOrigin } from "./members.ts";
import { type Frame, type Origin, possibilities, type Traced } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

export interface Called {
  readonly library: Library;
  readonly facts: CallFacts;
  readonly origin: Origin;
  /** Verb or method name. */
  readonly verb: string;
  /** Arguments that the facts' indices count. */
  readonly args: readonly Value[];
  readonly argsFrame: Frame;
}

export function factsOfCall(tracer: Tracer, call: CallValue | NewValue, frame: Frame): Called | undefined {
  return tracer.called(call, frame, () => {
    const [first, ...others] = possibilities(tracer.trace(call.callee, frame)).flatMap((callee) => ofCallee(tracer, callee, call, frame) ?? []);
    return first && others.reduce(either, first);
  });
}

/** `(isQuery ? client.get : client.post)(url)`: which of the two it is nobody can tell here. */
function either(one: Called, other: Called): Called {
  if (one.facts.effect !== "request" || other.facts.effect !== "request" || ONLY_READS.has(one.verb) === ONLY_READS.has(other.verb)) return one;
  return { ...one, verb: "REQUEST", facts: { ...one.facts, access: "by-method", idempotent: "by-method" } };
}

/** Methods that change nothing (RFC 9110, 9.2.1). */
const ONLY_READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

function ofCallee(tracer: Tracer, callee: Traced, call: CallValue | NewValue, frame: Frame): Called | undefined {
  switch (callee.is) {
    case "export":
      return ofShape(tracer, callee.shape, defaultOrigin(callee), callee.name, call, frame);
    case "method":
      return callee.shape && ofShape(tracer, callee.shape, callee.origin, callee.name, call, frame);
    case "instance": {
      const shape = callShape(tracer, callee.origin, call);
      return shape && ofShape(tracer, shape, callee.origin, "call", call, frame);
    }
    case "parameter":
      return callee.typed && ofCallee(tracer, callee.typed, call, frame);
    default:
      return undefined;
  }
}

function ofShape(tracer: Tracer, shape: Shape, origin: Origin, name: string, call: CallValue | NewValue, frame: Frame): Called | undefined {
  switch (shape.is) {
    case "call":
      return { library: origin.library, facts: shape.call, origin, verb: shape.call.method ?? name, args: call.args, argsFrame: frame };
    case "instance": {
      const callable = callShape(tracer, { library: origin.library, type: shape.type, name, confidence: "certain" }, call);
      return callable?.is === "call" ? { library: origin.library, facts: callable.call, origin, verb: callable.call.method ?? "call", args: call.args, argsFrame: frame } : undefined;
    }
    case "class":
      return shape.opens && call.kind === "new" ? { library: origin.library, facts: shape.opens, origin, verb: name, args: call.args, argsFrame: frame } : undefined;
    case "sends": {
      const command = call.args[shape.arg];
      const sent = command && tracer.trace(command, frame);
      if (sent?.is !== "result" || sent.of.is !== "export" || sent.of.shape.is !== "command") return undefined;
      return { library: sent.of.library, facts: sent.of.shape.call, origin, verb: sent.of.name.replace(/Command$/, ""), args: sent.call.args, argsFrame: sent.frame };
    }
    default:
      return undefined;
  }
}
