/** Topics and queues with who publishes to them and who consumes from them. */
import type { BlindSpot, Broker, Channel, Service } from "../architecture.ts";
import type { Place } from "../finding.ts";
import { groupedBy } from "../grouped.ts";
import type { Site } from "../knowledge.ts";
import type { Text } from "../text.ts";
import { evaluate, resolveText } from "./addresses.ts";
import { BROKER_ENGINES, engineIn } from "./engines.data.ts";
import type { Facts, Placed } from "./facts.ts";
import type { Binding, Handler } from "./handlers.ts";
import type { ServiceMap } from "./services.ts";
import { brokerOfPackage, type UnseenEnd } from "./unseen-bases.ts";

export interface ChannelEnd {
  readonly role: "produces" | "consumes";
  readonly service: Service;
  /** Topic, queue or pattern; holes are written `{}`. */
  readonly name: string;
  /** Routing key that it is sent with, or bound by. */
  readonly key?: string;
  /** A queue whose messages come from exchanges that it is bound to. */
  readonly isBound?: true;
  readonly broker: Broker | undefined;
  readonly place: Place;
  readonly site?: Site;
}

export interface ChannelView {
  readonly channels: readonly Channel[];
  readonly brokers: readonly Broker[];
  readonly ends: readonly ChannelEnd[];
  readonly blindSpots: readonly BlindSpot[];
}

export interface Listening {
  readonly handler: Handler;
  readonly service: Service;
}

export function channelsOf(placed: readonly Placed[], listening: readonly Listening[], { map, facts: { bindings, relays, written, unseen, workspace } }: { readonly map: ServiceMap; readonly facts: Pick<Facts, "bindings" | "relays" | "written" | "unseen" | "workspace"> }): ChannelView {
  const blindSpots: BlindSpot[] = [];
  const fromSites = placed.flatMap(({ site, service }) => (site.effect === "publish" || site.effect === "consume" ? endsOfSite(site, service) : []));
  const fromHandlers = listening.flatMap((each) => (each.handler.kind === "event-handler" || each.handler.kind === "processor" || each.handler.kind === "message-handler" ? endsOfHandler(each) : []));
  const fromUnseen = unseen.flatMap((each) => map.serviceOf(each.path).flatMap((service) => endsOfUnseen(each, service)));
  const all = [...fromSites, ...fromHandlers, ...fromUnseen];
  const sentTo = new Set(all.filter(({ role }) => role === "produces").map(({ name }) => name));
  const isAnswer = ({ name }: ChannelEnd): boolean => sentTo.has(/^(.+)[._:/-](?:repl(?:y|ies)|responses?)$/i.exec(name)?.[1] ?? "");
  // A queue that is bound to exchanges is where their messages come in, unless somebody sends to it by its own name.
  const ends = all.filter((end) => (end.isBound !== true || sentTo.has(end.name)) && !isAnswer(end));
  return { channels: toChannels(ends), brokers: brokersOf(ends), ends, blindSpots };

  function endsOfSite(site: Site, service: Service): readonly ChannelEnd[] {
    const broker = brokerOf(site, service, map);
    const role = site.effect === "publish" ? ("produces" as const) : ("consumes" as const);
    const texts = [channelText(site), ...(site.alsoTargets ?? [])];
    const relay = relays.find((each) => each.site === site.id);
    const open = texts.flatMap((text) => namesOf(text, service, map));
    const names = open.length > 0 ? open : writtenInto(relay?.channel, service);
    const bound = role === "consumes" ? texts.flatMap((queue) => exchangesOf(queue, site, service)) : [];
    if (names.length === 0 && bound.length === 0 && (role === "produces" || channelText(site).length > 0)) blindSpots.push({ place: site.callee, why: whyOpen(site, role) });
    const given = site.key === undefined ? [] : namesOf(site.key, service, map).slice(0, 1);
    const keys = given.length > 0 ? given : writtenInto(relay?.key, service);
    const named = [...new Set(names)].flatMap((name): readonly Pick<ChannelEnd, "name" | "key" | "isBound">[] => (keys.length === 0 ? [{ name, ...(bound.length > 0 ? { isBound: true as const } : {}) }] : keys.map((key) => ({ name, key }))));
    return distinct([...named, ...bound]).map((each) => ({ role, service, ...each, broker, place: site.callee, site }));
  }

  /** What the code of the same package writes into the column that a relay reads. */
  function writtenInto(column: string | undefined, service: Service): readonly string[] {
    const own = column === undefined ? [] : written.filter((each) => each.column === column && map.serviceOf(each.path).some(({ owner }) => owner === service.owner));
    return [...new Set(own.flatMap(({ text }) => namesOf(text, service, map)))];
  }

  /** Exchanges that the service's code binds a queue to; a queue without a name is bound where it is consumed. */
  function exchangesOf(queue: Text, site: Site, service: Service): readonly { readonly name: string; readonly key?: string }[] {
    const names = namesOf(queue, service, map);
    const isBound = (binding: Binding): boolean => (names.length === 0 ? binding.path === site.in.path && namesOf(binding.queue, service, map).length === 0 : namesOf(binding.queue, service, map).includes(names[0] ?? ""));
    return bindings.filter((binding) => (binding.isBrokers === true || map.serviceOf(binding.path).some((other) => other.id === service.id)) && isBound(binding)).flatMap((binding) => {
      const [key] = namesOf(binding.key, service, map);
      return namesOf(binding.exchange, service, map).map((name) => ({ name, ...(key === undefined ? {} : { key }) }));
    });
  }

  function endsOfHandler({ handler, service }: Listening): readonly ChannelEnd[] {
    return namesOf(handler.target, service, map).map((name) => ({ role: "consumes" as const, service, name, broker: undefined, place: handler.place }));
  }

  function endsOfUnseen({ role, path, place, channel }: UnseenEnd, service: Service): readonly ChannelEnd[] {
    const engine = brokerOfPackage(path, workspace);
    const broker = engine === undefined ? undefined : brokerOfEngine(engine, map);
    return namesOf(channel, service, map).map((name) => ({ role, service, name, broker, place }));
  }
}

function whyOpen({ target }: Site, role: ChannelEnd["role"]): string {
  const verb = role === "produces" ? "publishes to" : "consumes from";
  const hole = target.find((part) => part.is !== "known");
  if (hole?.is === "env") return `\`${hole.name}\` is set nowhere in the workspace, so the channel that this ${verb} is not known`;
  if (hole?.is === "parameter") return `Which channel this ${verb} is the parameter \`${hole.name}\`, which no caller that was found fills`;
  return `Which channel this ${verb} is decided at run time`;
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}

/** The call names its channel, or is made on a queue or subscription that was made for it. */
function channelText({ target, origin }: Site): Text {
  if (target.length > 0 || !/Queue|Subscription|Worker|Topic|Sender|Receiver|Processor/.test(origin.type)) return target;
  return origin.target ?? (origin.token === undefined ? [] : [{ is: "known", text: origin.token }]);
}

/** A channel of which nothing else is known is where answers go, like `orders.reply` beside `orders`: the question is an edge already. */
const ANSWERS = /^(?:repl(?:y|ies|yto)|responses?)$/i;

/** A list of topics in one variable is several channels. A name that is not known at all is none. */
function namesOf(target: Text, service: Service, map: ServiceMap): readonly string[] {
  const { value, isOpen } = evaluate(target, service, map);
  // A hole may stand in braces of its own: `{${topic}}` keeps the keys of a queue on one node of Redis.
  const plain = value.replace(/\{+[^{}]*\}+/g, "{}").trim();
  const known = plain.replace(/\{\}|[\s./:_*#-]/g, "");
  if (known === "" || (ANSWERS.test(known) && plain.includes("{}"))) return [];
  // A URL names the queue by its last segment (SQS), an ARN by its last part (SNS).
  const short = /^https?:\/\//.test(plain) || /^arn:/.test(plain) ? (plain.split(/[/:]/).at(-1) ?? plain) : plain;
  return isOpen ? [short] : short.split(",").map((name) => name.trim()).filter((name) => name !== "");
}

function brokerOf(site: Site, service: Service, map: ServiceMap): Broker | undefined {
  const engine = engineIn(BROKER_ENGINES, site.library);
  const resolved = site.origin.target === undefined ? undefined : resolveText(site.origin.target, service, map);
  if (resolved?.kind === "broker" || (resolved?.kind === "store" && resolved.engine === engine)) return toBroker(resolved.engine ?? engine ?? "broker", resolved.host !== undefined && map.hosts.has(resolved.host) ? (hostName(resolved.host, map) ?? resolved.id) : undefined);
  return brokerOfEngine(engine, map);
}

/** The broker that a manifest runs for a library. */
function brokerOfEngine(engine: string | undefined, map: ServiceMap): Broker | undefined {
  const backings = map.backings.filter((backing) => backing.infrastructure.kind === "broker" && (engine === undefined || backing.infrastructure.engine === engine || (engine === "nats" && backing.infrastructure.engine === "nats-streaming")));
  const [only] = backings;
  if (only !== undefined && new Set(backings.map((each) => each.workload.name)).size === 1) return toBroker(only.infrastructure.engine, only.workload.name);
  return engine === undefined ? undefined : toBroker(engine, undefined);
}

function hostName(host: string, map: ServiceMap): string | undefined {
  const [found] = map.hosts.get(host) ?? [];
  return found?.is === "backing" ? found.backing.workload.name : undefined;
}

function toBroker(engine: string, host: string | undefined): Broker {
  return { id: `broker:${engine}${host === undefined ? "" : `/${host}`}`, name: host ?? engine, engine };
}

/** An exchange is many channels where messages are told apart by their keys. */
export function channelName({ name, key }: Pick<ChannelEnd, "name" | "key">): string {
  return key === undefined || key === "" || /[*#{}]/.test(key) ? name : key;
}

/** One channel for each name on one broker; an end whose broker is not known joins the others of its name. */
function toChannels(ends: readonly ChannelEnd[]): readonly Channel[] {
  return [...groupedBy(ends, channelName)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, group]) => {
    const broker = group.map((end) => end.broker?.id).find((id) => id !== undefined);
    return { id: `channel:${name}`, name, ...(broker === undefined ? {} : { broker }), producers: endsIn(group, "produces"), consumers: endsIn(group, "consumes") };
  });
}

function endsIn(ends: readonly ChannelEnd[], role: ChannelEnd["role"]): Channel["producers"] {
  const seen = new Map(ends.filter((end) => end.role === role).map((end) => [`${end.service.id}|${end.place.path}|${end.place.at}`, { service: end.service.id, place: end.place }]));
  return [...seen].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, end]) => end);
}

function brokersOf(ends: readonly ChannelEnd[]): readonly Broker[] {
  const byId = new Map(ends.flatMap((end) => (end.broker === undefined ? [] : [[end.broker.id, end.broker] as const])));
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A message that is sent here arrives there. */
export function arrives(producer: ChannelEnd, consumer: ChannelEnd): boolean {
  if (!meets(producer.name, consumer.name)) return false;
  return producer.key === undefined || consumer.key === undefined || meets(producer.key, consumer.key);
}

/** Producers and consumers that meet: equal names, or one that the other's holes and wildcards allow. */
export function meets(produced: string, consumed: string): boolean {
  return produced === consumed || patternOf(consumed).test(produced) || (produced.includes("{}") && patternOf(produced).test(consumed));
}

/** `orders.*`, `orders.#` (AMQP), `orders.>` (NATS), `orders.{}` (a hole). */
function patternOf(name: string): RegExp {
  const pieces = name.split(/(\{\}|\*|#|>)/).map((piece) => (piece === "*" || piece === "{}" ? "[^.]+" : piece === "#" || piece === ">" ? ".*" : piece.replace(/[.+?^${}()|[\]\\/-]/g, "\\$&")));
  return new RegExp(`^${pieces.join("")}$`);
}
