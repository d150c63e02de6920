/** Short forms for shapes that recur in the data. Each gives plain data back. */
import type { Arg, CallFacts, RetryFacts, Shape, WrapFacts } from "./library.ts";

export const pure = { is: "pure" } as const satisfies Shape;
export const self = { is: "self" } as const satisfies Shape;

/** A class whose instances have the type of the same or the given name. */
export function classOf(type: string, more: Omit<Extract<Shape, { is: "class" }>, "is" | "type"> = {}): Shape {
  return { is: "class", type, ...more };
}

export function factory(type: string, more: Omit<Extract<Shape, { is: "factory" }>, "is" | "type"> = {}): Shape {
  return { is: "factory", type, ...more };
}

export function instance(type: string): Shape {
  return { is: "instance", type };
}

export function wrapper(wrap: WrapFacts): Shape {
  return { is: "wrapper", wrap };
}

type Facts = Partial<CallFacts>;

/** A request/response call whose verb stands in its options; GET where none does. */
export function request(facts: Facts = {}): Shape {
  return call({ effect: "request", access: "by-method", idempotent: "by-method", ...facts });
}

/** The methods of a client that names them by HTTP verb. `body`: index of the options for verbs that carry one. */
export function verbs(
  options: { readonly bare: number; readonly body: number },
  facts: Facts = {},
): Readonly<Record<string, Shape>> {
  const target: Arg = { arg: 0 };
  return {
    get: request({ method: "GET", access: "read", idempotent: true, target, options: options.bare, ...facts }),
    head: request({ method: "HEAD", access: "read", idempotent: true, target, options: options.bare, ...facts }),
    options: request({ method: "OPTIONS", access: "read", idempotent: true, target, options: options.bare, ...facts }),
    delete: request({ method: "DELETE", access: "write", idempotent: true, target, options: options.bare, ...facts }),
    post: request({ method: "POST", access: "write", idempotent: false, target, options: options.body, ...facts }),
    put: request({ method: "PUT", access: "write", idempotent: true, target, options: options.body, ...facts }),
    patch: request({ method: "PATCH", access: "write", idempotent: false, target, options: options.body, ...facts }),
  };
}

export function call(facts: Facts & Pick<CallFacts, "effect" | "access">): Shape {
  return { is: "call", call: callFacts(facts) };
}

/** Facts without the shape around them. */
export function callFacts(facts: Facts & Pick<CallFacts, "effect" | "access">): CallFacts {
  return { idempotent: facts.access === "read" || facts.access === "none", returns: "promise", ...facts };
}

/** A database call that reads. */
export function reads(facts: Facts = {}): Shape {
  return call({ effect: "query", access: "read", ...facts });
}

/** A database call that writes; twice is not once unless told so. */
export function writes(facts: Facts = {}): Shape {
  return call({ effect: "query", access: "write", idempotent: false, ...facts });
}

/** A database call whose SQL decides. */
export function sql(facts: Facts = {}): Shape {
  return call({
    effect: "query",
    access: "by-text",
    idempotent: "unknown",
    target: { arg: 0, path: "text|sql|query" },
    ...facts,
  });
}

export function connects(facts: Facts = {}): Shape {
  return call({ effect: "connect", access: "none", ...facts });
}

export function publishes(facts: Facts = {}): Shape {
  return call({ effect: "publish", access: "write", idempotent: false, ...facts });
}

export function consumes(facts: Facts = {}): Shape {
  return call({ effect: "consume", access: "read", ...facts });
}

export const acks = call({ effect: "ack", access: "none" });

/** Refuses a message, which goes back to its queue unless argument `arg` is false. */
export function refusesTo(arg: number): Shape {
  return call({ effect: "ack", access: "none", requeues: { arg, byDefault: true } });
}

/** A call of a third party's SDK. */
export function sdk(access: "read" | "write", facts: Facts = {}): Shape {
  return call({ effect: "sdk", access, idempotent: access === "read", ...facts });
}

/** Opens a transaction by running argument `fn` in it, which is given values of `params`. */
export function transaction(fn: number, params: readonly string[] = []): Shape {
  return { is: "wrapper", wrap: { fn, adds: ["transaction"], params } };
}

/** Begins, commits or rolls back. */
export function transactionStep(facts: Facts = {}): Shape {
  return call({ effect: "transaction", access: "none", idempotent: false, ...facts });
}

/** A route: `app.get(path, ...handlers)`. */
export function route(method: string, facts: Facts = {}): Shape {
  return call({
    effect: "route",
    access: "none",
    returns: "builder",
    method,
    target: { arg: 0 },
    handler: -1,
    handlersFrom: 1,
    ...facts,
  });
}

export const httpRoutes: Readonly<Record<string, Shape>> = {
  get: route("GET"),
  post: route("POST"),
  put: route("PUT"),
  patch: route("PATCH"),
  delete: route("DELETE"),
  head: route("HEAD"),
  options: route("OPTIONS"),
  all: route("ALL"),
};

export function retries(facts: Partial<RetryFacts> = {}): RetryFacts {
  return {
    byDefault: true,
    attempts: 3,
    growth: "exponential",
    baseMs: 1000,
    jitter: false,
    everyError: true,
    options: {},
    ...facts,
  };
}
