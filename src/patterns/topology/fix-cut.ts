/** Takes one retry out of a chain: in a library's options, or in the manifest of the mesh. */
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
  | { readonly by: "library"; readonly place: Place; readonly library: string; readonly options: number };

/** How a hop's retries are switched off: the one that is enough to make at most `share` of its attempts, else all that can be; undefined where none can. */
export function cutFor(knowledge: Knowledge, hop: Hop, { share, keepsOne }: { readonly share: number; readonly keepsOne: boolean }): CutData | undefined {
  const at = `${hop.names[0]} → ${hop.names[1]}`;
  const repetitions = knowledge.program.repetitions.filter(({ repeats }) => repeats.some(({ id }) => id === hop.site));
  const open = hop.retries.flatMap((retry) => {
    const cuts = retry.from === "manifest" ? retry.places.map((place): Cut => ({ by: "manifest", place })) : libraryCuts(repetitions);
    return cuts.length > 0 ? [{ attempts: retry.attempts, from: retry.from, cuts }] : [];
  });
  const enough = open.filter(({ attempts }) => hop.attempts / attempts <= share).toSorted((a, b) => (a.from < b.from ? 1 : -1))[0];
  if (enough) return { at, cuts: enough.cuts };
  // Where this is the last call of the chain, one retry has to stay.
  const rest = keepsOne && open.length === hop.retries.length ? open.slice(1) : open;
  return rest.length > 0 ? { at, cuts: rest.flatMap(({ cuts }) => cuts) } : undefined;
}

/** Each of the places that repeat it; empty where one of them is written by hand. */
function libraryCuts(repetitions: readonly Repetition[]): readonly Cut[] {
  const cuts = repetitions.flatMap(({ by, library, options, head, place }): readonly Cut[] => ((by === "library" || by === "client") && library !== undefined && library in NONE ? [{ by: "library", place: by === "library" ? place : head, library, options: options ?? 1 }] : []));
  return cuts.length === repetitions.length ? cuts : [];
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
  const call = enclosing(draft.file, each.place, (node): node is ts.CallExpression | ts.NewExpression => ts.isCallExpression(node) || ts.isNewExpression(node));
  const wishes = NONE[each.library];
  if (call === undefined || wishes === undefined) return "The code has changed since it was analysed";
  const set = setOptions(draft, call, each.options, wishes);
  return set.ok ? undefined : set.reason;
}
