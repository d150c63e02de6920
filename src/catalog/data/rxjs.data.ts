import type { Library, Shape } from "../library.ts";
import { classOf, pure, retries, self } from "../vocabulary.ts";

const pass: Shape = { is: "pass", arg: 0 };
const retry = retries({
  attempts: "unbounded",
  growth: "none",
  baseMs: 0,
  options: { attempts: { name: "count", counts: "retries" }, delay: "delay", delayFunction: "delay" },
});
const operators: Readonly<Record<string, Shape>> = {
  timeout: {
    is: "operator",
    wrap: { fn: -1, adds: ["deadline"], options: 0, deadline: { arg: 0, path: "each|first" } },
  },
  timeoutWith: { is: "operator", wrap: { fn: -1, adds: ["deadline", "fallback"], deadline: { arg: 0 } } },
  retry: { is: "operator", wrap: { fn: -1, adds: ["retry"], options: 0, retry } },
  retryWhen: { is: "operator", wrap: { fn: -1, adds: ["retry"], options: 0, retry: { ...retry, growth: "custom" } } },
  catchError: { is: "operator", wrap: { fn: -1, adds: ["fallback"] } },
  onErrorResumeNext: { is: "operator", wrap: { fn: -1, adds: ["swallow"] } },
};

export const rxjs = {
  package: "rxjs",
  version: "not checked",
  category: ["framework"],
  exports: {
    "firstValueFrom,lastValueFrom": pass,
    "from,defer,forkJoin,merge,concat,race,zip,combineLatest": pass,
    "Subject,BehaviorSubject,ReplaySubject": classOf("Observable"),
    Observable: classOf("Observable"),
    ...operators,
    "switchMap,mergeMap,concatMap,exhaustMap,flatMap": { is: "operator", wrap: { fn: 0, adds: [] } },
    // Every other operator or source leaves calls as they are.
    "*": pure,
  },
  types: {
    Observable: {
      methods: {
        pipe: self,
        toPromise: self,
        subscribe: self,
        "next,error,complete,unsubscribe": pure,
        asObservable: self,
      },
    },
    Operators: { methods: operators },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const nodeUtil = {
  package: "node:util",
  aliases: ["util", "bluebird", "es6-promisify", "pify"],
  version: "not checked",
  category: ["framework"],
  exports: {
    "promisify,callbackify,promisifyAll,default": pass,
    deprecate: pass,
    delay: { is: "sleep", ms: 0 },
    "inspect,format,inherits,isDeepStrictEqual,types,TextEncoder,TextDecoder,parseArgs": pure,
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

const sleep: Shape = { is: "sleep", ms: 0 };

export const timersPromises = {
  package: "node:timers/promises",
  aliases: ["timers/promises"],
  version: "not checked",
  category: ["framework"],
  exports: {
    setTimeout: sleep,
    setImmediate: pure,
    setInterval: pure,
    scheduler: { is: "namespace", members: { wait: sleep, yield: pure } },
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const timers = {
  package: "node:timers",
  aliases: ["timers"],
  version: "not checked",
  category: ["framework"],
  exports: {
    setTimeout: { is: "timer", fn: 0, ms: 1, repeats: false },
    setInterval: { is: "timer", fn: 0, ms: 1, repeats: true },
    setImmediate: { is: "timer", fn: 0, repeats: false },
    "clearTimeout,clearInterval,clearImmediate": pure,
    promises: { is: "namespace", members: { setTimeout: sleep } },
  },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const delay = {
  package: "delay",
  aliases: ["p-sleep", "sleep-promise", "@darkobits/sleep", "await-sleep", "await-timeout"],
  version: "not checked",
  category: ["framework"],
  exports: { "default,delay,sleep,set": sleep, rangeDelay: sleep, clearDelay: pure },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

export const eventSource = {
  package: "node:events",
  aliases: ["events", "eventemitter3"],
  version: "not checked",
  category: ["framework"],
  exports: { "default,EventEmitter": classOf("EventEmitter"), "once,on": pure },
  types: {
    EventEmitter: {
      methods: { "on,once,off,addListener,removeListener,removeAllListeners,setMaxListeners": self, emit: pure },
    },
  },
  source: "general knowledge, not checked against a version",
} as const satisfies Library;

const file: Shape = {
  is: "call",
  call: { effect: "file", access: "read", idempotent: true, target: { arg: 0 }, returns: "promise" },
};
const fileWrite: Shape = {
  is: "call",
  call: { effect: "file", access: "write", idempotent: true, target: { arg: 0 }, returns: "promise" },
};
const files: Readonly<Record<string, Shape>> = {
  "readFile,readFileSync,readdir,readdirSync,stat,statSync,access,existsSync,createReadStream,realpath,lstat": file,
  "writeFile,writeFileSync,appendFile,appendFileSync,mkdir,mkdirSync,rm,rmSync,unlink,unlinkSync,rename,renameSync,copyFile,copyFileSync,createWriteStream,rmdir":
    fileWrite,
};

export const nodeFs = {
  package: "node:fs",
  aliases: ["fs", "fs/promises", "node:fs/promises", "fs-extra", "graceful-fs"],
  version: "not checked",
  category: ["framework"],
  exports: { ...files, promises: { is: "namespace", members: files }, "*": pure },
  types: {},
  source: "general knowledge, not checked against a version",
} as const satisfies Library;
