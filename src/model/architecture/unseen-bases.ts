/**
 * Messages of classes whose base is not in the workspace: `class OrderPlaced extends Publisher { subject = Subjects.OrderPlaced }`,
 * where `Publisher` comes from a package of the team's own. The base says by its name what it does, the field which channel it is.
 */
import type { ClassFact } from "../../syntax/summary.ts";
import type { Workspace } from "../../workspace/workspace.ts";
import type { Place } from "../finding.ts";
import type { Text } from "../text.ts";
import { asText } from "../trace/text-of.ts";
import type { Frame, Traced } from "../trace/traced.ts";
import type { Tracer } from "../trace/tracer.ts";
import { BROKER_ENGINES, engineIn } from "./engines.data.ts";
import type { Summaries } from "./manifests.ts";
import { isWithin } from "./paths.ts";

export interface UnseenEnd {
  readonly role: "produces" | "consumes";
  readonly path: string;
  /** The field that names the channel. */
  readonly place: Place;
  readonly channel: Text;
}

const PRODUCERS = /(?:Publisher|Producer|Emitter|Sender)$/;
const CONSUMERS = /(?:Listener|Consumer|Subscriber|Receiver)$/;
const CHANNEL = /^(?:subject|topic|topicName|channel|queue|queueName|exchange|routingKey|eventName|eventType|pattern)$/;

export function unseenEnds(tracer: Tracer, summaries: Summaries): readonly UnseenEnd[] {
  return [...summaries.values()].flatMap((summary) => {
    if (summary.kind !== "code") return [];
    const frame = summary.classes.some((fact) => fact.extends !== undefined) ? tracer.frame({ path: summary.path, id: 0 }) : undefined;
    return frame === undefined ? [] : summary.classes.flatMap((fact) => endOf(tracer, fact, frame));
  });
}

function endOf(tracer: Tracer, fact: ClassFact, frame: Frame): readonly UnseenEnd[] {
  if (fact.extends === undefined || fact.isAbstract) return [];
  const base = tracer.trace(fact.extends, frame);
  const role = base.is !== "foreign" ? undefined : PRODUCERS.test(base.name) ? "produces" : CONSUMERS.test(base.name) ? "consumes" : undefined;
  const field = fact.fields.find(({ name, value }) => CHANNEL.test(name) && value !== undefined);
  if (role === undefined || field?.value === undefined) return [];
  const channel = named(tracer.trace(field.value, frame));
  return channel === undefined ? [] : [{ role, path: frame.path, place: { path: frame.path, at: field.at, end: field.end }, channel }];
}

/** A member of an enum that is not here is called by its own name. */
function named(traced: Traced): Text | undefined {
  if (traced.is === "foreign") return [{ is: "known", text: traced.name.split(".").at(-1) ?? traced.name }];
  const text = asText(traced);
  return text.some((part) => part.is === "known" || part.is === "env") ? text : undefined;
}

/** The engine of the broker's library that the package of a file depends on; one that is first of all a store says nothing. */
export function brokerOfPackage(path: string, { packages }: Pick<Workspace, "packages">): string | undefined {
  const own = packages.filter(({ dir }) => isWithin(path, dir)).sort((a, b) => b.dir.length - a.dir.length);
  const engines = own.flatMap(({ dependencies }) => Object.keys(dependencies).map((name) => engineIn(BROKER_ENGINES, name)));
  return engines.find((engine) => engine !== undefined && engine !== "postgres" && engine !== "redis");
}
