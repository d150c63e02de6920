/** The recovered architecture as a declared one is held against it: things, and who uses whom. */
import type { ArchitectureModel, Edge } from "../architecture.ts";

export type RecoveredKind = "service" | "store" | "channel" | "broker" | "external";

export interface RecoveredThing {
  readonly id: string;
  readonly name: string;
  readonly kind: RecoveredKind;
  /** `the service orders` */
  readonly words: string;
  /** A broker is told with its channels, and need not be named besides them. */
  readonly isImplied: boolean;
}

export interface Use {
  readonly from: RecoveredThing;
  readonly to: RecoveredThing;
  /** `calls`, `uses`, `publishes to`. */
  readonly verb: string;
  /** The channel that a use of a broker is about. */
  readonly about?: RecoveredThing;
}

export interface Recovered {
  readonly things: readonly RecoveredThing[];
  /** Whether one uses the other, directly or by messages, whichever way the arrow of a message is drawn. */
  reaches(from: RecoveredThing, to: RecoveredThing): boolean;
  /** Uses between things of a set; what is sent through a channel outside of it goes straight to the consumer. */
  uses(among: ReadonlySet<RecoveredThing>): readonly Use[];
}

export function recoveredSystem(model: ArchitectureModel): Recovered {
  const things = thingsOf(model);
  const byId = new Map(things.map((thing) => [thing.id, thing]));
  const direct = usesOf(model, byId);
  return {
    things,
    reaches: (from, to) => isUsed(direct, from, to),
    uses: (among) => [...distinct([...direct.filter(({ from, to, about }) => among.has(from) && among.has(to) && (about === undefined || !among.has(about))), ...throughMessages(direct, among)])],
  };
}

function thingsOf(model: ArchitectureModel): readonly RecoveredThing[] {
  const thing = (kind: RecoveredKind, words: string, isImplied = false) => ({ id, name }: { readonly id: string; readonly name: string }): RecoveredThing => ({ id, name, kind, words: `${words} ${name}`, isImplied }); // prettier-ignore
  return [
    ...model.services.map(thing("service", "the service")),
    ...model.stores.map(thing("store", "the store")),
    ...model.channels.map(thing("channel", "the channel")),
    ...model.brokers.map(thing("broker", "the broker", true)),
    ...model.externals.map(thing("external", "the external system")),
  ];
}

const verbs: Readonly<Record<Edge["kind"], string>> = { http: "calls", grpc: "calls", event: "publishes to", db: "uses", other: "talks to" };

function usesOf(model: ArchitectureModel, byId: ReadonlyMap<string, RecoveredThing>): readonly Use[] {
  const channels = new Set(model.channels.map(({ name }) => name));
  const use = (fromId: string, toId: string, verb: string, aboutId = ""): readonly Use[] => {
    const [from, to] = [byId.get(fromId), byId.get(toId)];
    const about = byId.get(aboutId);
    return from === undefined || to === undefined || from === to ? [] : [{ from, to, verb, ...(about === undefined ? {} : { about }) }];
  };
  return [
    // What goes through a channel is told with the channel.
    ...model.edges.filter(({ kind, via }) => kind !== "event" || via === undefined || !channels.has(via)).flatMap(({ from, to, kind }) => use(from, to, verbs[kind])),
    ...model.channels.flatMap((channel) => [
      ...channel.producers.flatMap(({ service }) => [...use(service, channel.id, "publishes to"), ...(channel.broker === undefined ? [] : use(service, channel.broker, "publishes to", channel.id))]),
      ...channel.consumers.flatMap(({ service }) => [...use(channel.id, service, "is consumed by"), ...(channel.broker === undefined ? [] : use(channel.broker, service, "is consumed by", channel.id))]),
    ]),
  ];
}

function isPipe({ kind }: RecoveredThing): boolean {
  return kind === "channel" || kind === "broker";
}

function isUsed(direct: readonly Use[], from: RecoveredThing, to: RecoveredThing): boolean {
  const has = (a: RecoveredThing, b: RecoveredThing): boolean => direct.some((use) => use.from === a && use.to === b);
  if (has(from, to) || ((isPipe(from) || isPipe(to)) && has(to, from))) return true;
  return direct.some((use) => use.from === from && isPipe(use.to) && has(use.to, to));
}

function throughMessages(direct: readonly Use[], among: ReadonlySet<RecoveredThing>): readonly Use[] {
  return direct.flatMap((first) => {
    if (!among.has(first.from) || !isPipe(first.to) || among.has(first.to)) return [];
    const isToldAlready = direct.some((other) => other.from === first.from && isPipe(other.to) && among.has(other.to));
    if (isToldAlready) return [];
    return direct.filter((next) => next.from === first.to && among.has(next.to) && next.to !== first.from).map((next) => ({ from: first.from, to: next.to, verb: "sends messages to" }));
  });
}

function* distinct(uses: readonly Use[]): Iterable<Use> {
  const seen = new Set<string>();
  for (const use of uses) {
    const key = `${use.from.id}\n${use.to.id}`;
    if (!seen.has(key)) yield use;
    seen.add(key);
  }
}
