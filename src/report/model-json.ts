import type { ArchitectureModel, Edge, Resolution } from "../model/architecture.ts";
import type { Policy } from "../model/policy.ts";
import type { ModelReport, ReportedEdge } from "../protocol/report.ts";
import { Texts, type ReadText } from "./texts.ts";

/** What `model --format json` prints: ids become names. */
export function modelReport(model: ArchitectureModel, read: ReadText): ModelReport {
  const texts = new Texts(read);
  const name = namesOf(model);
  return {
    version: 1,
    services: model.services.map(({ name, root, language, evidence }) => ({ name, root, language, evidence: evidence.map(({ says }) => says) })),
    stores: model.stores.map((store) => ({ name: store.name, engine: store.engine, usedBy: store.usedBy.map(name) })),
    brokers: model.brokers.map(({ name, engine }) => ({ name, engine })),
    channels: model.channels.map((channel) => ({
      name: channel.name,
      ...(channel.broker === undefined ? {} : { broker: name(channel.broker) }),
      producers: channel.producers.map(({ service }) => name(service)),
      consumers: channel.consumers.map(({ service }) => name(service)),
    })),
    externals: model.externals.map(({ name }) => ({ name })),
    edges: model.edges.map((edge) => reportedEdge(edge, name, texts)),
    endpoints: model.endpoints.map(({ service, kind, title, place }) => ({ service: name(service), kind, title, file: place.path, line: texts.line(place) })),
    blindSpots: model.blindSpots.map(({ place, why }) => ({ file: place.path, line: texts.line(place), why })),
    ...(model.resolution === undefined ? {} : { resolution: reportedResolution(model.resolution, texts) }),
  };
}

function reportedResolution({ calls, targetKnown, deadlineKnown, reasons }: Resolution, texts: Texts): NonNullable<ModelReport["resolution"]> {
  return { calls, targetKnown, deadlineKnown, reasons: reasons.map(({ of, why, count, example }) => ({ of, why, count, file: example.path, line: texts.line(example) })) };
}

/** Name of a service, store, broker or external by its id. What is no id is a name already. */
export function namesOf(model: ArchitectureModel): (id: string) => string {
  const names = new Map([...model.services, ...model.stores, ...model.brokers, ...model.externals].map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

function reportedEdge(edge: Edge, name: (id: string) => string, texts: Texts): ReportedEdge {
  return {
    from: name(edge.from),
    to: name(edge.to),
    kind: edge.kind,
    ...(edge.via === undefined ? {} : { via: edge.via }),
    ...(edge.policy === undefined ? {} : { policy: policyWords(edge.policy) }),
    places: edge.places.map((place) => ({ file: place.path, line: texts.line(place) })),
  };
}

/** The three aspects that matter most of an edge, in words. */
export function policyWords({ deadline, retry, breaker }: Policy): NonNullable<ReportedEdge["policy"]> {
  return {
    deadline: deadline.is === "known" ? `${deadline.value} ms` : deadline.is,
    attempts: retry.is === "known" ? String(retry.value.attempts) : retry.is === "absent" ? "1" : retry.is,
    breaker: breaker.is === "known" ? breaker.value.lives : breaker.is,
  };
}
