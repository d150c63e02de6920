import {
  ancestor,
  type Draft,
  enclosing,
  freshName,
  hasProperty,
  setOptions,
  toPromise,
  ts,
  wholePromise,
  wrapInFunction,
} from "../../fixes/index.ts";
import type { OptionsSet } from "../../fixes/index.ts";
import type { GuardedCall } from "./data.ts";
import type { Guard } from "./guard.ts";

/** Makes the breaker decide about one call. A call that a breaker of ours guards already stays as it is; `wrapped` are those of this fix. */
export function guardCall(draft: Draft, guarded: GuardedCall, demand: () => Guard, wrapped: Set<ts.Node>): OptionsSet {
  const call = enclosing(draft.file, guarded.call, ts.isCallExpression);
  if (call === undefined) return { ok: false, reason: "The code has changed since it was analysed" };
  const made = guarded.returns === "callback" ? promiseAround(call) : call;
  if (made === undefined) return { ok: false, reason: "The result goes to a callback, and a breaker needs a promise of it" };
  const whole = wholePromise(made);
  if (wrapped.has(whole) || isGuarded(draft, whole)) return { ok: true };
  wrapped.add(whole);
  const guard = demand();
  const isConverted = whole !== call && !ts.isPropertyAccessExpression(call.parent);
  if (guarded.returns === "observable" && !isConverted) return guardObservable(draft, call, guard);
  const signal = guard.signal === undefined ? undefined : passSignal(draft, call, guarded);
  const parameter = signal === undefined ? undefined : guard.signal?.(signal);
  const done = wrapInFunction(draft, whole, { ...guard, ...(parameter === undefined ? {} : { parameter }) });
  return done === "done" ? { ok: true } : { ok: false, reason: done.reason };
}

/** `new Promise((resolve, reject) => client.call(…, done))`: what the callback tells becomes a promise there. */
function promiseAround(call: ts.Node): ts.NewExpression | undefined {
  return ancestor(call, (node): node is ts.NewExpression => ts.isNewExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === "Promise");
}

/** An observable starts with its subscription: the breaker is asked then, each time. */
function guardObservable(draft: Draft, call: ts.CallExpression, guard: Guard): OptionsSet {
  const whole = withPipes(call);
  const defer = draft.import({ specifier: "rxjs", names: ["defer"] })("defer");
  const promise = toPromise(draft);
  draft.insert(whole.getStart(draft.file), `${defer}(() => ${guard.before}() => ${promise.before}`);
  draft.insert(whole.end, `${promise.after}${guard.after})`);
  return { ok: true };
}

function withPipes(call: ts.Expression): ts.Expression {
  const { parent } = call;
  const isPipe =
    ts.isPropertyAccessExpression(parent) && parent.name.text === "pipe" && ts.isCallExpression(parent.parent);
  return isPipe ? withPipes(parent.parent) : call;
}

function isGuarded(draft: Draft, call: ts.Node): boolean {
  const isOurs = (node: ts.Node): node is ts.CallExpression =>
    ts.isCallExpression(node) && /(Breaker\.(run|fire|execute)|^through[A-Z]\w*)$/.test(draft.source(node.expression));
  return ancestor(call, isOurs) !== undefined;
}

/** Hands the breaker's signal to a call that can take one and has none yet. */
function passSignal(draft: Draft, call: ts.CallExpression, { signalArgument }: GuardedCall): string | undefined {
  if (signalArgument === undefined) return undefined;
  const options = call.arguments[signalArgument];
  const isOpen =
    options === undefined || (ts.isObjectLiteralExpression(options) && !options.properties.some(ts.isSpreadAssignment));
  if (!isOpen || hasProperty(options, "signal")) return undefined;
  const name = freshName(draft.file, "signal");
  return setOptions(draft, call, signalArgument, { signal: name }).ok ? name : undefined;
}
