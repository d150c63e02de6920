/** What a value turns out to be once names, imports, instances and calls were followed. */
import type { Arg, Library, Shape, WrapFacts } from "../../catalog/library.ts";
import type { ArrayValue, CallValue, FunctionFact, NewValue, ObjectValue, TypeMember } from "../../syntax/summary.ts";
import type { FunctionRef } from "../knowledge.ts";
import type { Confidence, Place } from "../finding.ts";
import type { Text } from "../text.ts";
import type { Found } from "./found.ts";
import type { Schema } from "./env-variables.ts";

export type Traced =
  | { readonly is: "const"; readonly value: string | number | boolean | null }
  | { readonly is: "text"; readonly text: Text }
  | { readonly is: "object"; readonly value: ObjectValue; readonly frame: Frame }
  | { readonly is: "array"; readonly value: ArrayValue; readonly frame: Frame }
  | TracedFunction
  | { readonly is: "class"; readonly class: ClassKey }
  | TracedSelf
  /** Something of a written shape (`interface Deps { readonly db: Pool }`) that no class of the workspace has: what its members are is written there. */
  | { readonly is: "record"; readonly path: string; readonly members: readonly TypeMember[] }
  /** The namespace of a file of the workspace. */
  | { readonly is: "module"; readonly path: string }
  /** An export of a catalogued library. */
  | { readonly is: "export"; readonly library: Library; readonly name: string; readonly shape: Shape }
  /** A library that the catalog does not know; `name` is dotted below the package. */
  | { readonly is: "foreign"; readonly package: string; readonly name: string }
  | TracedInstance
  | TracedMethod
  | TracedParameter
  /** What a call gives that nothing is known of. */
  | { readonly is: "result"; readonly of: Traced; readonly call: CallValue | NewValue; readonly frame: Frame }
  /** The environment, with the schemas by which it was read where one did. */
  | { readonly is: "environment"; readonly schemas?: readonly Schema[] }
  /** One of several, by branch or reassignment. */
  | { readonly is: "any"; readonly of: readonly Traced[] }
  | { readonly is: "unknown"; readonly why: string };

export interface TracedFunction {
  readonly is: "function";
  readonly ref: FunctionRef;
  /** Frame of the function that encloses it, with what its variables hold. */
  readonly frame: Frame;
  readonly self?: TracedSelf;
}

/** An object of a class of the workspace. */
export interface TracedSelf {
  readonly is: "self";
  readonly class: ClassKey;
  /** How it was made, where the `new` was seen. */
  readonly made?: { readonly call: NewValue; readonly frame: Frame };
}

export interface TracedInstance {
  readonly is: "instance";
  readonly origin: Origin;
}

/** A member of a library's instance. */
export interface TracedMethod {
  readonly is: "method";
  readonly origin: Origin;
  readonly name: string;
  readonly shape: Shape | undefined;
}

export interface TracedParameter {
  readonly is: "parameter";
  readonly ref: FunctionRef;
  readonly index: number;
  /** Property path below the parameter. */
  readonly path: readonly string[];
  readonly name: string;
  /** What its declared type says that it is. */
  readonly typed?: Traced;
}

/** Where a library's instance came from: all that later calls on it may ask. */
export interface Origin {
  readonly library: Library;
  readonly type: string;
  readonly name: string;
  readonly place?: Place;
  readonly call?: CallValue | NewValue;
  readonly frame?: Frame;
  /** What the instance adds to each function that it runs; indices count the arguments of `call`. */
  readonly policy?: WrapFacts;
  /** The arguments of `call` are policies, the outermost first. */
  readonly combines?: boolean;
  /** Index of the options argument in `call`. */
  readonly options?: number;
  /** Where the address of what it speaks to stands in `call`. */
  readonly target?: Arg;
  /** Where the name of the database stands that it is. */
  readonly database?: Arg;
  /** The instance that it was derived from (`got.extend`), or the client that a collection belongs to. */
  readonly parent?: Origin;
  /** It came in as a parameter, and callers may know more. */
  readonly parameter?: TracedParameter;
  /** Injected by a framework into this class. */
  readonly injectedInto?: ClassKey;
  readonly token?: string;
  /** Table, collection or model that the instance stands for. */
  readonly entity?: string;
  readonly confidence: Confidence;
}

export interface ClassKey {
  readonly path: string;
  readonly id: number;
}

/** Where an expression stands, and what is known of the variables around it. */
export interface Frame {
  readonly path: string;
  readonly fn: FunctionFact;
  /** Object that `this` is, when more is known than its class. */
  readonly self?: TracedSelf;
  /** Values of the parameters of `fn`, where one particular call is followed. */
  readonly args?: readonly (Traced | undefined)[];
  /** The call that is followed, with the frame that it stands in. */
  readonly entered?: { readonly call: CallValue | NewValue; readonly frame: Frame };
  /** Frame of the enclosing function. */
  readonly outer?: Frame;
  /** True where this frame or one around it has `args` or a particular `self`: what is traced in it holds for it alone. */
  readonly particular: boolean;
  readonly depth: number;
  /** Where it is noted what was looked at in it; that of a module is told statement by statement. */
  readonly found?: Found;
}

export const unknown = (why: string): Traced => ({ is: "unknown", why });

export function sameRef(a: FunctionRef, b: FunctionRef): boolean {
  return a.id === b.id && a.path === b.path;
}

const keys = new Map<string, string[]>();

/** Asked millions of times for a few thousand functions, so each key is put together once. */
export function refKey(ref: FunctionRef): string {
  let ofFile = keys.get(ref.path);
  if (!ofFile) keys.set(ref.path, (ofFile = []));
  return (ofFile[ref.id] ??= `${ref.path}#${ref.id}`);
}

/** The possibilities that a value stands for: itself, or the members of an `any`. */
export function possibilities(traced: Traced): readonly Traced[] {
  return traced.is === "any" ? traced.of : [traced];
}

export function anyOf(list: readonly Traced[]): Traced {
  const [single] = list;
  if (single && list.length === 1) return single;
  const flat = list.flatMap(possibilities);
  const known = flat.filter((t) => t.is !== "unknown");
  const kept = known.length > 0 ? known : flat;
  const [only] = kept;
  if (kept.length === 1 && only) return only;
  return only ? { is: "any", of: kept.slice(0, 8) } : unknown("nothing is assigned");
}
