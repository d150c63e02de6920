import {
  ancestor,
  descendants,
  Draft,
  enclosing,
  finish,
  freshName,
  operatorsModule,
  type OptionsSet,
  setOptions,
  STALE,
  ts,
  wholePromise,
  wrapInFunction,
} from "../../fixes/index.ts";
import type { FixContext, FixResult } from "../../model/finding.ts";
import type { TimeoutFixData } from "./data.ts";
import { duration, nested } from "./duration.ts";
import { addDeadline, afterAddress } from "./fix-arguments.ts";
import { timeoutTemplate } from "./template.generated.ts";

export function boundCall(context: FixContext, data: TimeoutFixData, ms: number): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.call, ts.isCallExpression);
  if (draft === undefined || call === undefined) return STALE;
  const done = apply(draft, call, data, ms);
  return done.ok ? finish(draft) : done;
}

function apply(draft: Draft, call: ts.CallExpression, { means }: TimeoutFixData, ms: number): OptionsSet {
  switch (means.by) {
    case "signal":
      return addSignal(draft, call, afterAddress(draft, call, means.argument), means.name ?? "signal", ms);
    case "option":
      return setOptions(draft, call, afterAddress(draft, call, means.argument), nested(means.name, duration(ms, means.unit)));
    case "deadline":
      return addDeadline(draft, call, ms);
    case "method":
      return addMethod(draft, call, means.name, ms);
    case "operator":
      return addOperator(draft, call, ms);
    case "socket":
      return boundSocket(draft, call, ms);
    case "wrapper":
      return wrap(draft, call, ms);
  }
}

function addSignal(draft: Draft, call: ts.CallExpression, argument: number, name: string, ms: number): OptionsSet {
  if (draft.style.isOldCompiler === true && draft.style.language === "ts") return wrap(draft, call, ms);
  const deadline = `AbortSignal.timeout(${duration(ms)})`;
  const options = call.arguments[argument];
  const literal = options !== undefined && ts.isObjectLiteralExpression(options) ? options : undefined;
  const written = literal?.properties.find(
    (each) => each.name !== undefined && ts.isIdentifier(each.name) && each.name.text === name,
  );
  if (written !== undefined) {
    const signal = ts.isPropertyAssignment(written) ? draft.source(written.initializer) : name;
    if (/AbortSignal\.timeout|\bdeadlineSignal\w*\(/.test(signal)) return { ok: true };
    return setOptions(draft, call, argument, { [name]: either(draft, written, signal, ms, deadline) });
  }
  const spread = literal?.properties.find(ts.isSpreadAssignment)?.expression;
  const source = spread ?? (literal === undefined ? options : undefined);
  if (source !== undefined && ts.isIdentifier(source) && !isOwnLiteral(draft, source, name)) {
    // What is spread may bring the caller's signal, which must not be lost.
    const local = draft.importTemplate(timeoutTemplate, ["deadlineSignal"]);
    return setOptions(draft, call, argument, {
      [name]: `${local("deadlineSignal")}(${duration(ms)}, ${source.text}?.${name} ?? undefined)`,
    });
  }
  const inherited = signalParameter(call);
  return setOptions(draft, call, argument, { [name]: inherited ? `AbortSignal.any([signal, ${deadline}])` : deadline });
}

/** The caller's signal and the deadline: whichever is first. One that may be missing needs the generated module. */
function either(draft: Draft, property: ts.Node, signal: string, ms: number, deadline: string): string {
  const isSure = /^[\w.]+$/.test(signal) && !mayBeMissing(draft, property, signal);
  if (isSure) return `AbortSignal.any([${signal}, ${deadline}])`;
  const local = draft.importTemplate(timeoutTemplate, ["deadlineSignal"]);
  return `${local("deadlineSignal")}(${duration(ms)}, ${signal} ?? undefined)`;
}

function mayBeMissing(draft: Draft, from: ts.Node, signal: string): boolean {
  if (/\bcontroller\w*\.signal$/i.test(signal)) return false;
  if (signal.includes(".")) return true;
  const parameter = parameterNamed(from, signal);
  if (parameter !== undefined)
    return parameter.questionToken !== undefined || parameter.initializer !== undefined || isLoose(draft, parameter);
  const declared = descendants(draft.file).find(
    (node) => ts.isVariableDeclaration(node) && draft.source(node.name) === signal,
  );
  return declared === undefined;
}

function isLoose(draft: Draft, parameter: ts.ParameterDeclaration): boolean {
  return parameter.type === undefined || draft.source(parameter.type) !== "AbortSignal";
}

function parameterNamed(from: ts.Node, name: string): ts.ParameterDeclaration | undefined {
  for (
    let owner = ts.findAncestor(from, ts.isFunctionLike);
    owner !== undefined;
    owner = ts.findAncestor(owner.parent, ts.isFunctionLike)
  ) {
    const found = owner.parameters.find((each) => ts.isIdentifier(each.name) && each.name.text === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The function is given a signal, for certain, and does not pass it on here. */
function signalParameter(call: ts.CallExpression): boolean {
  const parameter = parameterNamed(call, "signal");
  if (parameter === undefined || parameter.questionToken !== undefined || parameter.initializer !== undefined)
    return false;
  return parameter.type !== undefined && parameter.type.getText() === "AbortSignal";
}

/** A literal of this file that holds no signal: nothing can be lost. */
function isOwnLiteral(draft: Draft, name: ts.Identifier, property: string): boolean {
  const declared = descendants(draft.file).find(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) && node.name.text === name.text,
  );
  const value = declared?.initializer;
  if (value === undefined || !ts.isObjectLiteralExpression(value)) return false;
  return value.properties.every((each) => each.name !== undefined && draft.source(each.name) !== property);
}

function addMethod(draft: Draft, call: ts.CallExpression, name: string, ms: number): OptionsSet {
  const chain = wholePromise(call);
  if (new RegExp(`\\.${name}\\(`).test(draft.source(chain))) return { ok: true };
  draft.insert(call.end, `.${name}(${duration(ms)})`);
  return { ok: true };
}

function addOperator(draft: Draft, call: ts.CallExpression, ms: number): OptionsSet {
  const { parent } = call;
  const pipe =
    ts.isPropertyAccessExpression(parent) && parent.name.text === "pipe" && ts.isCallExpression(parent.parent)
      ? parent.parent
      : undefined;
  if (pipe?.arguments.some((each) => draft.source(each).startsWith("timeout("))) return { ok: true };
  const timeout = draft.import({ specifier: operatorsModule(draft), names: ["timeout"] })("timeout");
  const operator = `${timeout}(${duration(ms)})`;
  const [first] = pipe?.arguments ?? [];
  if (pipe === undefined) draft.insert(call.end, `.pipe(${operator})`);
  else if (first === undefined) draft.insert(pipe.end - 1, operator);
  else draft.insert(first.getStart(draft.file), `${operator}, `);
  return { ok: true };
}

function boundSocket(draft: Draft, call: ts.CallExpression, ms: number): OptionsSet {
  const statement = ts.findAncestor(call, ts.isStatement);
  const scope = draft.source(ts.findAncestor(call, ts.isFunctionLike) ?? draft.file);
  const argument = afterAddress(draft, call, 0);
  const request = nameOfRequest(draft, call);
  // Without a name for the request there is nothing to destroy; the signal does both.
  if (request === undefined || statement === undefined) return addSignal(draft, call, argument, "signal", ms);
  const set = setOptions(draft, call, argument, { timeout: duration(ms) });
  if (!set.ok || /\.(on|once)\(\s*["']timeout["']/.test(scope)) return set;
  draft.after(statement, `${request}.on("timeout", () => ${request}.destroy(new Error("No answer within ${ms} ms")));`);
  return set;
}

function nameOfRequest(draft: Draft, call: ts.CallExpression): string | undefined {
  const { parent } = call;
  if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name)) return parent.name.text;
  if (!ts.isExpressionStatement(parent) || draft.style.isOldCompiler !== true) return undefined;
  const name = freshName(draft.file, "request");
  draft.insert(call.getStart(draft.file), `const ${name} = `);
  return name;
}

function wrap(draft: Draft, call: ts.CallExpression, ms: number): OptionsSet {
  const whole = wholePromise(call);
  const guarded = ancestor(
    whole,
    (node): node is ts.CallExpression => ts.isCallExpression(node) && draft.source(node.expression) === "withDeadline",
  );
  if (guarded !== undefined) return { ok: true };
  const local = draft.importTemplate(timeoutTemplate, ["withDeadline"]);
  const done = wrapInFunction(draft, whole, { before: `${local("withDeadline")}(`, after: `, ${duration(ms)})` });
  return done === "done" ? { ok: true } : { ok: false, reason: done.reason };
}
