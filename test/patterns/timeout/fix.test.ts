import assert from "node:assert/strict";
import type { TimeoutMeans } from "../../../src/patterns/timeout/data.ts";
import { timeoutFixes } from "../../../src/patterns/timeout/fix.ts";
import { type FixCase, itRepairs } from "../../fixes/fix-check.ts";

const atCall =
  (means: TimeoutMeans): FixCase["offer"] =>
  ([call = { at: 0, end: 0 }], path) =>
    timeoutFixes({ path, call, means })[0];

const atClient =
  (name: string, argument = 0): FixCase["offer"] =>
  ([make = { at: 0, end: 0 }], path) =>
    timeoutFixes({
      path,
      call: make,
      means: { by: "wrapper" },
      instance: { path, make, argument, name, client: "client" },
    })[0];

const SIGNAL: TimeoutMeans = { by: "signal", argument: 1 };
const AXIOS =
  'declare module "axios" { interface Options { timeout?: number; baseURL?: string } interface Axios { get(url: string, options?: Options): Promise<{ data: unknown }>; create(options?: Options): Axios } const axios: Axios; export default axios }';
const RXJS =
  'declare module "rxjs" { export interface Observable<T> { pipe(...operators: unknown[]): Observable<T> } export function timeout(ms: number): unknown; export function map(f: (x: string) => string): unknown }';

describe("the fix of a call without deadline", () => {
  itRepairs({
    title: "gives fetch a signal",
    before: "export const load = (url: string) => «fetch»(url);\n",
    after: "export const load = (url: string) => fetch(url, { signal: AbortSignal.timeout(10_000) });\n",
    offer: atCall(SIGNAL),
  });

  itRepairs({
    title: "adds the caller's signal where the function has one for certain",
    before: `export async function load(url: string, signal: AbortSignal) {
  const response = await «fetch»(url, {
    method: "POST",
  });
  return response.json();
}
`,
    after: `export async function load(url: string, signal: AbortSignal) {
  const response = await fetch(url, {
    method: "POST",
    signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
  });
  return response.json();
}
`,
    offer: atCall(SIGNAL),
  });

  itRepairs({
    title: "joins a signal that may be missing",
    before: `export const load = (url: string, signal?: AbortSignal) => «fetch»(url, { signal })\n`,
    after: `import { deadlineSignal } from "./resilience/timeout.js"

export const load = (url: string, signal?: AbortSignal) => fetch(url, { signal: deadlineSignal(10_000, signal ?? undefined) })
`,
    offer: atCall(SIGNAL),
    again: ["fetch(url"],
  });

  itRepairs({
    title: "keeps a signal that handed-on options may hold",
    before: `import { headers } from './headers.ts';

export const load = (url: string, init?: RequestInit) => «fetch»(url, { ...init, headers });
`,
    after: `import { headers } from './headers.ts';
import { deadlineSignal } from './resilience/timeout.ts';

export const load = (url: string, init?: RequestInit) => fetch(url, { ...init, headers, signal: deadlineSignal(10_000, init?.signal ?? undefined) });
`,
    offer: atCall(SIGNAL),
    ambient: 'declare module "*/headers.ts" { export const headers: Record<string, string> }',
    again: ["fetch(url"],
  });

  itRepairs({
    title: "sets axios's option at the call",
    before: `import axios from 'axios';

export const load = async (url: string) => (await axios.«get»(url)).data;
`,
    after: `import axios from 'axios';

export const load = async (url: string) => (await axios.get(url, { timeout: 10_000 })).data;
`,
    offer: atCall({ by: "option", argument: 1, name: "timeout" }),
    ambient: AXIOS,
  });

  itRepairs({
    title: "adds options on a line of their own where the arguments stand so",
    before: `export const load = (id: string) =>
  «fetch»(
    \`https://users.example/users/\${id}\`,
  );
`,
    after: `export const load = (id: string) =>
  fetch(
    \`https://users.example/users/\${id}\`,
    { signal: AbortSignal.timeout(10_000) },
  );
`,
    offer: atCall(SIGNAL),
  });

  itRepairs({
    title: "sets got's nested option",
    path: "src/load.js",
    isModule: false,
    before: `const got = require('got')

exports.load = url => «got»(url).json()
`,
    after: `const got = require('got')

exports.load = url => got(url, { timeout: { request: 10_000 } }).json()
`,
    offer: atCall({ by: "option", argument: 1, name: "timeout.request" }),
    again: ["got(url"],
  });

  itRepairs({
    title: "puts a gRPC deadline before the callback",
    before: `declare const users: { get(request: object, options: object, done: () => void): void; get(request: object, done: () => void): void };
export const load = () => users.«get»({ id: 1 }, () => {});
`,
    after: `declare const users: { get(request: object, options: object, done: () => void): void; get(request: object, done: () => void): void };
export const load = () => users.get({ id: 1 }, { deadline: Date.now() + 10_000 }, () => {});
`,
    offer: atCall({ by: "deadline" }),
    again: ["users.get("],
  });

  itRepairs({
    title: "gives the types of a generated gRPC client the metadata that they ask for",
    before: `import { UsersClient } from './users.js';

const users = new UsersClient();
export const load = (done: () => void) => users.«get»({ id: 1 }, () => done());
`,
    after: `import { UsersClient } from './users.js';
import { Metadata } from '@grpc/grpc-js';

const users = new UsersClient();
export const load = (done: () => void) => users.get({ id: 1 }, new Metadata(), { deadline: Date.now() + 10_000 }, () => done());
`,
    offer: atCall({ by: "deadline" }),
    dependencies: ["@grpc/grpc-js"],
    ambient: `declare module "@grpc/grpc-js" { export class Metadata { private held: unknown } }
declare module "*/users.js" { import type { Metadata } from "@grpc/grpc-js"; export class UsersClient { get(request: object, done: () => void): void; get(request: object, metadata: Metadata, options: { deadline: number }, done: () => void): void } }`,
    again: ["users.get("],
  });

  itRepairs({
    title: "puts options behind an address that stands in their place",
    path: "src/load.js",
    isModule: false,
    before: `const request = require('request')

exports.load = (host, done) => «request»('http://' + host, done)
`,
    after: `const request = require('request')

exports.load = (host, done) => request('http://' + host, { timeout: 10_000 }, done)
`,
    offer: atCall({ by: "option", argument: 0, name: "timeout" }),
    again: ["request('http"],
  });

  itRepairs({
    title: "bounds a call from outside where the types know no AbortSignal.timeout",
    before: "export const load = (url: string) => «fetch»(url);\n",
    after: `import { withDeadline } from "./resilience/timeout.js";

export const load = (url: string) => withDeadline(() => fetch(url), 10_000);
`,
    offer: atCall(SIGNAL),
    dependencies: ["typescript@^4.2.0"],
  });

  itRepairs({
    title: "takes the operator from where rxjs 6 has it",
    before: `import type { Observable } from 'rxjs';

export const load = (http: { get(url: string): Observable<string> }) => http.«get»('/users');
`,
    after: `import type { Observable } from 'rxjs';
import { timeout } from 'rxjs/operators';

export const load = (http: { get(url: string): Observable<string> }) => http.get('/users').pipe(timeout(10_000));
`,
    offer: atCall({ by: "operator" }),
    dependencies: ["rxjs@^6.5.0"],
    again: ["get('/users')"],
    ambient: `${RXJS}
declare module "rxjs/operators" { export function timeout(ms: number): unknown }`,
  });

  itRepairs({
    title: "pipes a NestJS observable through timeout",
    before: `import { map, type Observable } from 'rxjs';

export class Users {
  constructor(private readonly http: { get(url: string): Observable<string> }) {}

  load(url: string) {
    return this.http.«get»(url).pipe(map((body) => body));
  }
}
`,
    after: `import { map, type Observable, timeout } from 'rxjs';

export class Users {
  constructor(private readonly http: { get(url: string): Observable<string> }) {}

  load(url: string) {
    return this.http.get(url).pipe(timeout(10_000), map((body) => body));
  }
}
`,
    offer: atCall({ by: "operator" }),
    ambient: RXJS,
    again: ["this.http.get(url)"],
  });

  itRepairs({
    title: "destroys a node request that stays silent",
    path: "src/load.js",
    isModule: false,
    before: `const http = require('http');

exports.load = (url) => {
    const req = http.«request»(url, (res) => res.resume());
    req.end();
};
`,
    after: `const http = require('http');

exports.load = (url) => {
    const req = http.request(url, { timeout: 10_000 }, (res) => res.resume());
    req.on('timeout', () => req.destroy(new Error('No answer within 10000 ms')));
    req.end();
};
`,
    offer: atCall({ by: "socket" }),
  });

  itRepairs({
    title: "wraps what has no deadline of its own, await and all",
    before: `declare const db: { query(sql: string): Promise<readonly string[]> };
declare function sql(): Promise<string>;

export async function load() {
	const rows = await db.«query»(await sql());
	return rows.length;
}
`,
    after: `import { withDeadline } from "./resilience/timeout.js";

declare const db: { query(sql: string): Promise<readonly string[]> };
declare function sql(): Promise<string>;

export async function load() {
	const rows = await withDeadline(async () => db.query(await sql()), 10_000);
	return rows.length;
}
`,
    offer: atCall({ by: "wrapper" }),
    again: ["db.query("],
  });

  itRepairs({
    title: "bounds every call at the shared client",
    before: `import axios from "axios";

export const client = «axios.create»({
  baseURL: "http://users"
});
`,
    after: `import axios from "axios";

export const client = axios.create({
  baseURL: "http://users",
  timeout: 10_000
});
`,
    offer: atClient("timeout"),
    ambient: AXIOS,
  });

  itRepairs({
    title: "makes options for a client that was made without",
    before: `import { Pool } from "pg";

export const pool = «new Pool»();
`,
    after: `import { Pool } from "pg";

export const pool = new Pool({ query_timeout: 10_000 });
`,
    offer: atClient("query_timeout"),
    ambient: 'declare module "pg" { export class Pool { constructor(options?: { query_timeout?: number }) } }',
  });

  itRepairs({
    title: "registers a NestJS module that was only named",
    before: `import { HttpModule, Module } from "./nest.js";

@Module({ imports: [«HttpModule»] })
export class App {}
`,
    after: `import { HttpModule, Module } from "./nest.js";

@Module({ imports: [HttpModule.register({ timeout: 10_000 })] })
export class App {}
`,
    offer: atClient("timeout"),
    ambient:
      'declare module "*/nest.js" { export class HttpModule { static register(options: { timeout: number }): object } export function Module(options: object): ClassDecorator }',
    again: ["HttpModule.register("],
  });

  it("offers the shared client first", () => {
    const place = { path: "a.ts", call: { at: 0, end: 1 } };
    const titles = timeoutFixes({
      ...place,
      means: SIGNAL,
      instance: { path: "a.ts", make: { at: 0, end: 1 }, argument: 0, name: "timeout", client: "users" },
    });
    assert.deepEqual(
      titles.map((offer) => offer.title),
      ["Give every call of users 10 s", "Give this call 10 s"],
    );
  });
});
