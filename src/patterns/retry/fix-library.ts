import { Draft, enclosing, finish, hasProperty, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixResult } from "../../model/finding.ts";
import type { LibraryRetryData } from "./data.ts";
import { retryTemplate } from "./template.generated.ts";

/** Sets the options by which a library backs off, waits at random, and stops. */
export function repairLibraryOptions(context: FixContext, data: LibraryRetryData): FixResult {
  const draft = Draft.open(context, data.path);
  const call = draft && enclosing(draft.file, data.call, isCall);
  if (draft === undefined || call === undefined) return STALE;
  if (data.lacks.every((lack) => lack === "selection")) return selectErrors(draft, call, data);
  const policy = LIBRARY_POLICY[data.library];
  if (policy === undefined) return { ok: false, reason: `How ${data.library} is told to back off is not known` };
  const wishes = policy(draft, data, call);
  const set = setOptions(draft, call, data.optionsIndex, wishes);
  return set.ok ? finish(draft) : set;
}

/** The option by which a library asks whether an error is worth another attempt. */
function selectErrors(draft: Draft, call: ts.CallExpression | ts.NewExpression, data: LibraryRetryData): FixResult {
  const local = draft.importTemplate(retryTemplate, ["isTransient"]);
  const wish = PREDICATE[data.library]?.(local("isTransient"), draft.isOlder(data.library, "7.0.0"));
  if (wish === undefined) return { ok: false, reason: `${data.library} has no option that picks errors` };
  const set = setOptions(draft, call, data.optionsIndex, wish);
  return set.ok ? finish(draft) : set;
}

const PREDICATE: Readonly<Record<string, (test: string, isOld: boolean) => Wishes>> = {
  // Since version 7 the function is given what happened so far, and the error in it.
  "p-retry": (test, isOld) => ({
    shouldRetry: isOld ? test : `({ error }) => ${test}(error)`,
  }),
  "exponential-backoff": (test) => ({ retry: test }),
};

export function selectsErrors(library: string): boolean {
  return PREDICATE[library] !== undefined;
}

type Wishes = Readonly<Record<string, string>>;

/** Option → expression. What the code sets sensibly already is not asked for again. */
const LIBRARY_POLICY: Readonly<Record<string, (draft: Draft, data: LibraryRetryData, call: ts.Node) => Wishes>> = {
  "p-retry": classic,
  "async-retry": classic,
  "promise-retry": classic,
  retry: classic,
  "exponential-backoff": ({}, { lacks }) => ({
    ...(lacks.includes("cap") ? { numOfAttempts: "5" } : {}),
    ...(waits(lacks) ? { startingDelay: "200", timeMultiple: "2", maxDelay: "5_000" } : {}),
    jitter: '"full"',
  }),
  "axios-retry": (draft, { lacks }, call) => ({
    ...(lacks.includes("cap") ? { retries: "4" } : {}),
    retryDelay: `${axiosRetryName(draft, call)}.exponentialDelay`,
  }),
  cockatiel: (draft, { lacks }) => {
    const local = draft.import({ specifier: "cockatiel", names: ["ExponentialBackoff"] });
    const backoff = `new ${local("ExponentialBackoff")}({ initialDelay: 200, maxDelay: 5_000 })`;
    return { ...(lacks.includes("cap") ? { maxAttempts: "4" } : {}), backoff };
  },
  bullmq: (_, { lacks }) => ({
    ...(lacks.includes("cap") ? { attempts: "5" } : {}),
    backoff: '{ type: "exponential", delay: 1_000, jitter: 0.5 }',
  }),
  got: (_, { lacks }) => ({
    // Half of a doubling bound: got computes the delay, and jitter is ours to add.
    retry: `{ ${lacks.includes("cap") ? "limit: 4, " : ""}calculateDelay: ({ computedValue }) => computedValue * (0.5 + Math.random() * 0.5) }`,
  }),
  // Its own advice: no maximum of attempts, but a limit of time for all of them.
  "@temporalio/workflow": () => ({ scheduleToCloseTimeout: '"1 hour"' }),
  rxjs: (draft, { lacks }) => {
    const local = draft.import({ specifier: "rxjs", names: ["timer"] });
    const delay = `(_error, attempt) => ${local("timer")}(Math.random() * Math.min(5_000, 200 * 2 ** (attempt - 1)))`;
    return { ...(lacks.includes("cap") ? { count: "4" } : {}), delay };
  },
};

/** Options of `retry` and what is built on it. */
function classic(_: Draft, { lacks, optionsIndex }: LibraryRetryData, call: ts.Node): Wishes {
  const options = isCall(call) ? call.arguments?.[optionsIndex] : undefined;
  return {
    ...(lacks.includes("cap")
      ? { retries: "4", ...(hasProperty(options, "forever") ? { forever: "false" } : {}) }
      : {}),
    ...(waits(lacks) ? { factor: "2", minTimeout: "200", maxTimeout: "5_000" } : {}),
    randomize: "true",
  };
}

function waits(lacks: LibraryRetryData["lacks"]): boolean {
  return lacks.includes("wait") || lacks.includes("growth");
}

/** The library's own name in this file, off the call that configures it. */
function axiosRetryName(draft: Draft, call: ts.Node): string {
  return ts.isCallExpression(call) && ts.isIdentifier(call.expression)
    ? call.expression.text
    : draft.import({ specifier: "axios-retry", names: [], default: "axiosRetry" })("default");
}

function isCall(node: ts.Node): node is ts.CallExpression | ts.NewExpression {
  return ts.isCallExpression(node) || ts.isNewExpression(node);
}
