/** What was declared, held against what the code has: what only one of the two knows. */
import type { ArchitectureModel } from "../architecture.ts";
import type { Declared, DeclaredElement, Span } from "./declared.ts";
import { recoveredSystem, type Recovered, type RecoveredKind, type RecoveredThing } from "./recovered.ts";

/** A difference, told at its place in the declared model. */
export interface Drift extends Span {
  readonly is: "only declared" | "only in code" | "ambiguous";
  readonly message: string;
}

/** Both ways, in the order of the file. */
export function driftOf(declared: Declared, model: ArchitectureModel): readonly Drift[] {
  const code = recoveredSystem(model);
  const match = matched(declared, code);
  const drift = [...match.drift, ...onlyDeclared(declared, code, match), ...onlyInCode(declared, code, match)];
  return drift.sort((a, b) => a.at - b.at || a.end - b.end || (a.message < b.message ? -1 : 1));
}

interface Match {
  /** Declared element → the thing that it stands for. */
  readonly things: ReadonlyMap<string, RecoveredThing>;
  readonly elements: ReadonlyMap<RecoveredThing, DeclaredElement>;
  /** Elements that are only frames around others, people, or the inside of something. */
  readonly aside: ReadonlySet<string>;
  readonly drift: readonly Drift[];
  /** Things that some element may stand for: nobody can say that they are left out. */
  readonly maybe: ReadonlySet<RecoveredThing>;
}

function matched({ elements }: Declared, code: Recovered): Match {
  const things = new Map<string, RecoveredThing>();
  const drift: Drift[] = [];
  const unsure = new Set<string>();
  const maybe = new Set<RecoveredThing>();
  for (const element of elements) {
    const candidates = candidatesOf(element, code);
    const [only] = candidates;
    if (only !== undefined && candidates.length === 1) things.set(element.id, only);
    else if (only !== undefined) {
      unsure.add(element.id);
      for (const candidate of candidates) maybe.add(candidate);
      const each = candidates.map(({ id, words }) => `${words} (\`${id}\`)`).join(" or ");
      drift.push({ is: "ambiguous", ...spanOf(element), message: `\`${element.name}\` could be ${each}. Say which with the property \`faultline.id\` (in LikeC4: metadata \`faultline_id\`).` });
    }
  }
  const twice = [...things].filter(([id, thing]) => [...things].some(([other, same]) => other !== id && same === thing && isWithin(elements, id, other)));
  for (const [id] of twice) things.delete(id);
  const elementsOf = new Map([...things].map(([id, thing]) => [thing, elements.find((element) => element.id === id)] as const).flatMap(([thing, element]) => (element === undefined ? [] : [[thing, element] as const])));
  const parents = new Set(elements.flatMap(({ parent }) => (parent === undefined ? [] : [parent])));
  const isAside = (element: DeclaredElement): boolean => unsure.has(element.id) || parents.has(element.id) || isPerson(element) || ancestorOf(element, elements, things) !== undefined;
  return { things, elements: elementsOf, aside: new Set(elements.filter((element) => !things.has(element.id) && isAside(element)).map(({ id }) => id)), drift, maybe };
}

/** By what the file says it means, else by name; what hints at a kind narrows the choice. */
function candidatesOf(element: DeclaredElement, { things }: Recovered): readonly RecoveredThing[] {
  if (element.meant !== undefined) return things.filter(({ id }) => id === element.meant);
  const names = [element.name, element.id.split(".").at(-1) ?? ""].map(plain).filter((name) => name !== "");
  const exact = things.filter(({ name }) => names.includes(plain(name)));
  const found = exact.length > 0 ? exact : things.filter(({ name }) => names.some((one) => bare(one) !== "" && bare(one) === bare(plain(name))));
  const kinds = kindsHinted(element);
  const fitting = found.filter(({ kind }) => kinds.has(kind));
  return fitting.length > 0 ? fitting : kinds.size > 0 && kinds.size < 3 ? [] : found;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** `orders-service` and `Orders DB` are both called `orders`. */
function bare(name: string): string {
  return name.replace(/(?:microservice|service|svc|server|app|application|api|database|datastore|store|db|topic|queue|channel)$/, "");
}

const hints: readonly (readonly [RegExp, readonly RecoveredKind[]])[] = [
  [/\b(?:database|db|store|storage|cylinder|postgres\w*|mysql|mariadb|mongo\w*|redis|memcached|dynamodb|cassandra|elasticsearch|sqlite|sql)\b/i, ["store"]],
  [/\b(?:topic|queue|channel|stream|pipe)\b/i, ["channel", "broker"]],
  [/\b(?:broker|bus|kafka|rabbitmq|nats|sqs|pubsub)\b/i, ["broker", "channel"]],
  [/\b(?:external|third.?party)\b/i, ["external"]],
  [/\b(?:service|microservice|webapp|frontend|browser|mobile|typescript|javascript|node(?:\.?js)?|express|nestjs|api)\b/i, ["service"]],
];

function kindsHinted({ kind, hints: words }: DeclaredElement): ReadonlySet<RecoveredKind> {
  // The element's own kind and tags count before its technology: a service may be said to use Kafka.
  for (const text of [kind.replace(/^fl_/, ""), ...words]) {
    const found = hints.filter(([pattern]) => pattern.test(text)).flatMap(([, kinds]) => kinds);
    if (found.length > 0) return new Set(found);
  }
  return new Set();
}

function isPerson({ kind, hints: words }: DeclaredElement): boolean {
  return [kind, ...words].some((word) => /^(?:person|actor|user|customer|people)$/i.test(word));
}

/** The element itself, or the nearest one around it, that stands for something in the code. */
function ancestorOf(element: DeclaredElement, elements: readonly DeclaredElement[], things: ReadonlyMap<string, RecoveredThing>): RecoveredThing | undefined {
  for (let at: DeclaredElement | undefined = element; at !== undefined; at = elements.find(({ id }) => id === at?.parent)) {
    const thing = things.get(at.id);
    if (thing !== undefined) return thing;
  }
  return undefined;
}

function isWithin(elements: readonly DeclaredElement[], outer: string, inner: string): boolean {
  for (let at = elements.find(({ id }) => id === inner); at !== undefined; at = elements.find(({ id }) => id === at?.parent)) if (at.parent === outer) return true;
  return false;
}

function onlyDeclared({ elements, relations }: Declared, code: Recovered, { things, aside }: Match): readonly Drift[] {
  const missing = elements.filter(({ id }) => !things.has(id) && !aside.has(id));
  const byId = new Map(elements.map((element) => [element.id, element]));
  return [
    ...missing.map((element): Drift => ({ is: "only declared", ...spanOf(element), message: `\`${element.name}\` is declared, and nothing in the code is called that.` })),
    ...relations.flatMap((relation): readonly Drift[] => {
      const [from, to] = [byId.get(relation.from), byId.get(relation.to)].map((element) => (element === undefined ? undefined : ancestorOf(element, elements, things)));
      if (from === undefined || to === undefined || from === to || code.reaches(from, to)) return [];
      return [{ is: "only declared", at: relation.at, end: relation.end, message: `${sentence(from.words)} is declared to use ${to.words}; nothing in the code does.` }];
    }),
  ];
}

function onlyInCode({ elements, relations, start }: Declared, code: Recovered, { things, elements: standing, maybe }: Match): readonly Drift[] {
  const byId = new Map(elements.map((element) => [element.id, element]));
  const declared = new Set(relations.flatMap(({ from, to }) => {
    const [a, b] = [byId.get(from), byId.get(to)].map((element) => (element === undefined ? undefined : ancestorOf(element, elements, things)));
    return a === undefined || b === undefined ? [] : [`${a.id}\n${b.id}`];
  })); // prettier-ignore
  // A model that names no store at all does not leave one out.
  const told = new Set([...things.values()].map(({ kind }) => kind)).add("service");
  const unnamed = code.things.filter((thing) => told.has(thing.kind) && !standing.has(thing) && !maybe.has(thing) && !thing.isImplied);
  return [
    ...unnamed.map((thing): Drift => ({ is: "only in code", ...start, message: `${sentence(thing.words)} is in the code and not declared here.` })),
    ...code.uses(new Set(standing.keys())).flatMap(({ from, to, verb }): readonly Drift[] => {
      const isTold = declared.has(`${from.id}\n${to.id}`) || (isMessage(from, to) && declared.has(`${to.id}\n${from.id}`));
      const element = standing.get(from);
      return isTold || element === undefined ? [] : [{ is: "only in code", ...spanOf(element), message: `${sentence(from.words)} ${verb} ${to.words} in the code, and that is not declared.` }];
    }),
  ];
}

/** Who draws a consumer's arrow which way is a matter of taste. */
function isMessage(from: RecoveredThing, to: RecoveredThing): boolean {
  return [from, to].some(({ kind }) => kind === "channel" || kind === "broker");
}

function sentence(words: string): string {
  return `${words[0]?.toUpperCase() ?? ""}${words.slice(1)}`;
}

function spanOf({ at, end }: Span): Span {
  return { at, end };
}
