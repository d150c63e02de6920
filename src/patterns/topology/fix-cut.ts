/** Takes one retry out of a chain: in the library's options, in the head of a loop, or in the manifest of the mesh. */
import { Draft, enclosing, finish, setOptions, STALE, ts } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult, Place } from "../../model/finding.ts";
import type { Hop, Knowledge, Repetition } from "../../model/knowledge.ts";

export interface CutData {
  /** `orders → payments` */
  readonly at: string;
  readonly cuts: readonly Cut[];
}

type Cut =
  | { readonly by: "manifest"; readonly place: Place }
  | { readonly by: "loop"; readonly place: Place; readonly attempts: number }
  | { readonly by: "library"; readonly place: Place; readonly library: string; readonly options: number };

/** How a hop's retries are switched off; undefined where one of them cannot be. */
export function cutFor(knowledge: Knowledge, hop: Hop): CutData | undefined {
  const repetitions = knowledge.program.repetitions.filter(({ repeats }) => repeats.some(({ id }) => id === hop.site));
  const cuts = hop.retries.flatMap((retry): readonly (Cut | undefined)[] => {
    if (retry.from === "manifest") return retry.places.map((place) => ({ by: "manifest", place }));
    return repetitions.length === 0 ? [undefined] : repetitions.map((repetition) => cutOf(repetition, retry.attempts));
  });
  const known = cuts.filter((cut) => cut !== undefined);
  return known.length > 0 && known.length === cuts.length ? { at: `${hop.names[0]} → ${hop.names[1]}`, cuts: known } : undefined;
}

function cutOf(repetition: Repetition, attempts: number): Cut | undefined {
  const { by, library, options, head, place } = repetition;
  if (by === "loop") return { by: "loop", place: head, attempts };
  if ((by === "library" || by === "client") && library !== undefined && library in NONE) return { by: "library", place: by === "library" ? place : head, library, options: options ?? 1 };
  return undefined;
}

/** The option, and the value at which nothing is tried again. */
const NONE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "p-retry": { retries: "0" },
  "async-retry": { retries: "0" },
  "promise-retry": { retries: "0" },
  "axios-retry": { retries: "0" },
  "ts-retry-promise": { retries: "0" },
  cockatiel: { maxAttempts: "0" },
  "exponential-backoff": { numOfAttempts: "1" },
  "@lifeomic/attempt": { maxAttempts: "1" },
  rxjs: { count: "0" },
  ky: { retry: "0" },
  got: { retry: "{ limit: 0 }" },
};

export function cutFixes(data: CutData): readonly FixOffer[] {
  return [{ id: "topology/cut", title: `Make one attempt at ${data.at}`, kind: "review", build: (context) => cut(context, data) }];
}

function cut(context: FixContext, { cuts }: CutData): FixResult {
  const drafts = new Map<string, Draft>();
  for (const each of cuts) {
    const draft = drafts.get(each.place.path) ?? Draft.open(context, each.place.path);
    if (draft === undefined) return STALE;
    drafts.set(each.place.path, draft);
    const reason = apply(draft, each);
    if (reason !== undefined) return { ok: false, reason };
  }
  return finish(...drafts.values());
}

function apply(draft: Draft, each: Cut): string | undefined {
  if (each.by === "manifest") {
    const { at, end } = each.place;
    if (!/^\d+$/.test(draft.text.slice(at, end))) return "The manifest has changed since it was analysed";
    draft.swap(at, end, "0");
    return undefined;
  }
  if (each.by === "loop") return onceThrough(draft, each);
  const call = enclosing(draft.file, each.place, (node): node is ts.CallExpression | ts.NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node));
  const wishes = NONE[each.library];
  if (call === undefined || wishes === undefined) return "The code has changed since it was analysed";
  const set = setOptions(draft, call, each.options, wishes);
  return set.ok ? undefined : set.reason;
}

/** `attempt < 3` → `attempt < 1` */
function onceThrough(draft: Draft, { place, attempts }: Cut & { readonly by: "loop" }): string | undefined {
  const loop = enclosing(draft.file, place, (node): node is ts.ForStatement => ts.isForStatement(node));
  const test = loop?.condition;
  if (test === undefined || !ts.isBinaryExpression(test) || !ts.isNumericLiteral(test.right)) return "How often the loop runs is decided elsewhere";
  const bound = Number(test.right.text);
  const wanted = bound - attempts + 1;
  if (bound !== attempts && bound !== attempts - 1) return "The loop counts in a way of its own";
  draft.replace(test.right, String(wanted));
  return undefined;
}
