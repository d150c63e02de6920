import assert from "node:assert/strict";
import type { BreakerLibrary, GuardedCall } from "../../../src/patterns/circuit-breaker/data.ts";
import { circuitBreakerFixes } from "../../../src/patterns/circuit-breaker/fix.ts";
import { type FixCase, itRepairs } from "../../fixes/fix-check.ts";
import { applyOffer, contextOf, marked, typeErrors } from "../../fixes/workbench.ts";

const guard =
  (library: BreakerLibrary | undefined, extra: Partial<GuardedCall> = {}): FixCase["offer"] =>
  (spans, path) =>
    circuitBreakerFixes({
      dependency: "payments",
      calls: spans.map((call) => ({ path, call, returns: "promise", ...extra })),
      libraries: library === undefined ? [] : [library],
    })[0];

const API =
  'declare module "*/api.js" { export const api: { get(url: string): Promise<{ data: string }>; post(url: string, body: object): Promise<void> } }';

describe("the fix of an unguarded call", () => {
  itRepairs({
    title: "guards each call of a client with one breaker at module scope",
    before: `import { api } from './api.js';

export class Orders {
  async pay(id: string) {
    const { data } = await api.«get»(\`/\${id}\`);
    return api.«post»('/pay', { data }).catch(() => undefined);
  }
}
`,
    after: `import { api } from './api.js';
import { breakerFor } from './resilience/circuit-breaker.js';

const paymentsBreaker = breakerFor('payments');

export class Orders {
  async pay(id: string) {
    const { data } = await paymentsBreaker.run(() => api.get(\`/\${id}\`));
    return paymentsBreaker.run(() => api.post('/pay', { data })).catch(() => undefined);
  }
}
`,
    offer: guard(undefined),
    ambient: API,
    again: ["api.get(", "api.post("],
  });

  itRepairs({
    title: "guards the promise that is made of a callback",
    before: `declare const users: { get(id: string, done: (error: Error | null, name: string) => void): object };

export const load = (id: string) =>
  new Promise<string>((resolve, reject) => users.«get»(id, (error, name) => (error ? reject(error) : resolve(name))));
`,
    after: `import { breakerFor } from "./resilience/circuit-breaker.js";

const paymentsBreaker = breakerFor("payments");

declare const users: { get(id: string, done: (error: Error | null, name: string) => void): object };

export const load = (id: string) =>
  paymentsBreaker.run(() => new Promise<string>((resolve, reject) => users.get(id, (error, name) => (error ? reject(error) : resolve(name)))));
`,
    offer: guard(undefined, { returns: "callback" }),
    again: ["users.get("],
  });

  itRepairs({
    title: "guards several observables of rxjs 6 with one import",
    before: `import { Observable } from 'rxjs';

declare const users: { get(id: string): Observable<string>; all(): Observable<string> };
export const load = () => users.«get»('1');
export const list = () => users.«all»();
`,
    after: `import { Observable, defer } from 'rxjs';
import { breakerFor } from './resilience/circuit-breaker.js';

const paymentsBreaker = breakerFor('payments');

declare const users: { get(id: string): Observable<string>; all(): Observable<string> };
export const load = () => defer(() => paymentsBreaker.run(() => users.get('1').toPromise()));
export const list = () => defer(() => paymentsBreaker.run(() => users.all().toPromise()));
`,
    offer: guard(undefined, { returns: "observable" }),
    dependencies: ["rxjs@~6.6.0"],
    ambient: 'declare module "rxjs" { export interface Observable<T> { toPromise(): Promise<T> } export function defer<T>(make: () => Promise<T>): Observable<T> }',
    again: ["users.get(", "users.all("],
  });

  itRepairs({
    title: "keeps the type of a result whose call would take it from where it is used",
    before: `declare const api: { get<T = string, R = { data: T }>(url: string): Promise<R> };

export const load = async () => (await api.«get»('/')).data.length;
`,
    after: `import { breakerFor } from './resilience/circuit-breaker.js';

const paymentsBreaker = breakerFor('payments');

declare const api: { get<T = string, R = { data: T }>(url: string): Promise<R> };

export const load = async () => (await paymentsBreaker.run(() => api.get('/'))).data.length;
`,
    offer: guard(undefined),
    again: ["api.get("],
  });

  itRepairs({
    title: "hands the breaker's signal to a call that takes one",
    before: 'export const pay = (url: string) => «fetch»(url, { method: "POST" });\n',
    after: `import { breakerFor } from "./resilience/circuit-breaker.js";

const paymentsBreaker = breakerFor("payments");

export const pay = (url: string) => paymentsBreaker.run((signal) => fetch(url, { method: "POST", signal }));
`,
    offer: guard(undefined, { signalArgument: 1 }),
  });

  itRepairs({
    title: "uses the project's opossum, and keeps each call's type",
    dependencies: ["opossum"],
    before: `import { api } from "./api.js";

export async function pay(): Promise<string> {
  return (await api.«get»("/")).data;
}
`,
    after: `import { api } from "./api.js";
import CircuitBreaker from "opossum";

const paymentsBreaker = new CircuitBreaker((call: () => Promise<unknown>) => call(), {
  timeout: 10_000,
  errorThresholdPercentage: 50,
  volumeThreshold: 10,
  resetTimeout: 30_000,
});

function throughPayments<T>(call: () => Promise<T>): Promise<T> {
  return paymentsBreaker.fire(call) as Promise<T>;
}

export async function pay(): Promise<string> {
  return (await throughPayments(() => api.get("/"))).data;
}
`,
    offer: guard("opossum"),
    ambient: `${API} declare module "opossum" { export default class CircuitBreaker<A extends unknown[], R> { constructor(action: (...args: A) => Promise<R>, options: object); fire(...args: A): Promise<R> } }`,
    again: ["api.get("],
  });

  itRepairs({
    title: "uses the project's cockatiel in CommonJS with tabs",
    path: "src/pay.js",
    isModule: false,
    dependencies: ["cockatiel"],
    before: `'use strict'

const got = require('got')

module.exports = {
	pay: async url => «got»(url).json()
}
`,
    after: `'use strict'

const got = require('got')
const { circuitBreaker, handleAll, SamplingBreaker, timeout, TimeoutStrategy, wrap } = require('cockatiel')

const paymentsBreaker = wrap(
	circuitBreaker(handleAll, {
		halfOpenAfter: 30_000,
		breaker: new SamplingBreaker({ threshold: 0.5, duration: 10_000, minimumRps: 1 })
	}),
	timeout(10_000, TimeoutStrategy.Aggressive)
)

module.exports = {
	pay: async url => paymentsBreaker.execute(() => got(url).json())
}
`,
    offer: guard("cockatiel"),
    again: ["got(url)"],
  });

  itRepairs({
    title: "guards a NestJS observable when it is subscribed to, and a promise made of one as a whole",
    before: `import { firstValueFrom, type Observable } from "rxjs";
export class Pay {
    constructor(private readonly http: { get(url: string): Observable<string> }) {}

    stream(url: string) {
        return this.http.«get»(url).pipe();
    }

    async once(url: string) {
        return firstValueFrom(this.http.«get»(url));
    }
}
`,
    after: `import { firstValueFrom, type Observable, defer } from "rxjs";
import { breakerFor } from "./resilience/circuit-breaker.js";

const paymentsBreaker = breakerFor("payments");

export class Pay {
    constructor(private readonly http: { get(url: string): Observable<string> }) {}

    stream(url: string) {
        return defer(() => paymentsBreaker.run(() => firstValueFrom(this.http.get(url).pipe())));
    }

    async once(url: string) {
        return paymentsBreaker.run(() => firstValueFrom(this.http.get(url)));
    }
}
`,
    offer: guard(undefined, { returns: "observable" }),
    ambient:
      'declare module "rxjs" { export interface Observable<T> { pipe(): Observable<T> } export function firstValueFrom<T>(from: Observable<T>): Promise<T>; export function defer<T>(make: () => Promise<T>): Observable<T> }',
    again: ["this.http.get(url).pipe", "this.http.get(url))"],
  });

  it("shares a library's breaker between files through a module", () => {
    const sources = {
      "src/a.ts": marked("export const a = (u: string) => «fetch»(u);\n"),
      "src/deep/b.ts": marked("export const b = (u: string) => «fetch»(u);\n"),
    };
    const files = Object.fromEntries(Object.entries(sources).map(([path, { text }]) => [path, text]));
    const calls = Object.entries(sources).flatMap(([path, { spans }]) =>
      spans.map((call) => ({ path, call, returns: "promise" as const })),
    );
    const [offer] = circuitBreakerFixes({ dependency: "payments", calls, libraries: ["opossum"] });
    const after = applyOffer(files, offer, contextOf(files));
    const ambient =
      'declare module "opossum" { export default class CircuitBreaker<A extends unknown[], R> { constructor(action: (...args: A) => Promise<R>, options: object); fire(...args: A): Promise<R> } }';
    assert.deepEqual(
      [typeErrors(after, ambient), after["src/a.ts"]?.split("\n")[0], after["src/deep/b.ts"]?.split("\n")[0]],
      [
        [],
        'import { throughPayments } from "./resilience/payments-breaker.js";',
        'import { throughPayments } from "../resilience/payments-breaker.js";',
      ],
    );
  }).timeout(30_000);

  it("offers the project's own library first", () => {
    const offers = circuitBreakerFixes({
      dependency: "payments",
      calls: [{ path: "a.ts", call: { at: 0, end: 1 }, returns: "promise" }],
      libraries: ["opossum"],
    });
    assert.deepEqual(
      offers.map((offer) => offer.id),
      ["circuit-breaker/opossum", "circuit-breaker/generated"],
    );
  });
});
