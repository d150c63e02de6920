/** One thing on the map, told in full: its policy with the reasons, its call sites, its findings, and why it is believed to be there. */
import type { Finding, Place } from "../model/finding.ts";
import type { Knowledge, Site } from "../model/knowledge.ts";
import { weakest } from "../model/index.ts";
import type { Aspect, BreakerPolicy, Evidence, Policy, RetryPolicy } from "../model/policy.ts";
import type { DescribedAspect, DescribedFinding, DescribedPlace, DescribedStep, Description, Link } from "../protocol/description.ts";
import type { Scene, SceneEdge, SceneNode, SceneSource } from "../protocol/scene.ts";
import { nodeLabel } from "./draw-node.ts";
import { duration, marksOfPolicy } from "./marks.ts";
import { counted, meets } from "./scene.ts";

export interface Subject {
  readonly scene: Scene;
  readonly knowledge: Knowledge;
  readonly findings: readonly Finding[];
  /** Ids on the sheet are the model's, with this before them. */
  readonly prefix: string;
  /** `services/orders/src/charge.ts:14` */
  readonly placeText: (source: SceneSource) => string;
}

export interface Described {
  readonly description: Description;
  /** The places that its links name by number. */
  readonly sources: readonly SceneSource[];
}

const mostEntries = 200;

export function describe(id: string, subject: Subject): Described | undefined {
  const node = subject.scene.nodes.find((one) => one.id === id);
  const edge = subject.scene.edges.find((one) => one.id === id);
  const sources: SceneSource[] = [];
  const link = (source: SceneSource): Link => ({ number: sources.push({ path: source.path, at: source.at, end: source.end }) - 1, text: subject.placeText(source) });
  const description = node === undefined ? (edge === undefined ? undefined : describeEdge(edge, subject, link)) : describeNode(node, subject, link);
  return description === undefined ? undefined : { description, sources };
}

type MakeLink = (source: SceneSource) => Link;

function describeEdge(edge: SceneEdge, subject: Subject, link: MakeLink): Description {
  const name = (id: string): string => [...subject.scene.nodes, ...(subject.scene.groups ?? [])].find((one) => one.id === id)?.name ?? id;
  const sites = sitesAt(edge.sources, subject);
  const policy = weakest(sites.map((site) => site.policy));
  const known = subject.knowledge.model.edges.find(({ id }) => subject.prefix + id === (edge.stands?.[0] ?? edge.id).split("|")[0]);
  return {
    id: edge.id,
    title: `${name(edge.from)} → ${name(edge.to)}`,
    kind: edge.verb,
    facts: edge.stands === undefined || edge.stands.length < 2 ? [] : [{ name: "Stands for", value: counted(edge.stands.length, "connection") }],
    policy: policy === undefined ? [] : aspectsOf(policy, edge.flow === "sync", link),
    places: { title: counted(edge.sources.length, edge.flow === "async" ? "place" : "call site"), entries: edge.sources.slice(0, mostEntries).map((source) => callSite(source, edge, sites, link)) },
    findings: findingsOf(edge.findings, subject, link),
    evidence: stepsOf(known?.evidence ?? sites[0]?.way ?? [], link),
  };
}

function callSite(source: SceneSource, edge: SceneEdge, sites: readonly Site[], link: MakeLink): DescribedPlace {
  const site = sites.find(({ callee }) => callee.path === source.path && callee.at === source.at);
  return { text: site?.calleeText ?? edge.verb, marks: site === undefined ? [] : marksOfPolicy(edge.kind ?? "other", site.policy), link: link(source) };
}

function describeNode(node: SceneNode, subject: Subject, link: MakeLink): Description {
  const own = node.id.slice(subject.prefix.length);
  const { model } = subject.knowledge;
  const service = model.services.find(({ id }) => id === own);
  const endpoints = model.endpoints.filter((endpoint) => endpoint.service === own);
  const store = model.stores.find(({ id }) => id === own);
  const places = service === undefined ? (store?.places ?? (node.source === undefined ? [] : [node.source])) : [];
  const entries = service === undefined ? places.map((place) => ({ text: node.name, marks: [], link: link(place) })) : endpoints.slice(0, mostEntries).map(({ title, place }) => ({ text: title, marks: [], link: link(place) }));
  return {
    id: node.id,
    title: node.name,
    kind: nodeLabel({ ...node, findings: [] }).slice(node.name.length + 2),
    facts: [
      ...(service === undefined || service.root === "" ? [] : [{ name: "Folder", value: service.root }]),
      ...(service?.replicas === undefined ? [] : [{ name: "Replicas", value: String(service.replicas) }]),
      ...(service === undefined || service.hosts.length === 0 ? [] : [{ name: "Answers to", value: service.hosts.join(", ") }]),
      ...(service === undefined || service.ports.length === 0 ? [] : [{ name: "Ports", value: service.ports.join(", ") }]),
    ],
    policy: [],
    places: { title: service === undefined ? (entries.length === 0 ? "" : "Read from") : counted(endpoints.length, "endpoint"), entries },
    findings: findingsOf(node.findings, subject, link),
    evidence: stepsOf(service?.evidence ?? [], link),
  };
}

function sitesAt(sources: readonly SceneSource[], { knowledge }: Subject): readonly Site[] {
  const keys = new Set(sources.map(({ path, at }) => `${path}#${at}`));
  return knowledge.program.sites.filter(({ callee }) => keys.has(`${callee.path}#${callee.at}`));
}

function findingsOf(shown: SceneNode["findings"], { findings }: Subject, link: MakeLink): readonly DescribedFinding[] {
  const ids = new Set(shown.map(({ id }) => id));
  return findings
    .filter(({ fingerprint }) => ids.has(fingerprint))
    .slice(0, mostEntries)
    .map(({ fingerprint, rule, severity, wording, place, fixes }) => ({ id: fingerprint, rule, severity, ...wording, link: link(place), fixes: fixes.map(({ title }) => title) }));
}

function aspectsOf(policy: Policy, waits: boolean, link: MakeLink): readonly DescribedAspect[] {
  const bad = waits ? "bad" : "quiet";
  return [
    aspect("Deadline", policy.deadline, { value: duration, absent: "none", tone: bad }, link),
    aspect("Attempts", policy.retry, { value: attempts, absent: "1", tone: "quiet" }, link),
    aspect("Breaker", policy.breaker, { value: breaker, absent: "none", tone: "quiet" }, link),
    aspect("Bulkhead", policy.bulkhead, { value: (most) => `${most} at once`, absent: "none", tone: "quiet" }, link),
    aspect("Fallback", policy.fallback, { value: (kind) => (kind === "value" ? "a value of its own" : "the error is swallowed"), absent: "none", tone: "quiet" }, link),
    aspect("Safe to repeat", policy.idempotency, { value: (by) => (by === "method" ? "by its method" : by === "key" ? "by a key" : "by upsert"), absent: "no", tone: "quiet" }, link),
  ];
}

interface Saying<T> {
  readonly value: (value: T) => string;
  readonly absent: string;
  readonly tone: DescribedAspect["tone"];
}

function aspect<T>(name: string, said: Aspect<T>, { value, absent, tone }: Saying<T>, link: MakeLink): DescribedAspect {
  const evidence = stepsOf(said.evidence, link);
  switch (said.is) {
    case "known":
      return { name, value: value(said.value), tone: "good", evidence };
    case "present":
      return { name, value: "set, value not known", tone: "good", evidence };
    case "absent":
      return { name, value: absent, tone, evidence };
    case "unknown":
      return { name, value: "could not be told", tone: "unknown", evidence };
  }
}

function attempts({ attempts: most, wait, jitter }: RetryPolicy): string {
  const waits = wait === "unknown" ? "" : wait === "none" ? ", at once" : wait === "constant" ? ", after equal waits" : `, after growing waits${jitter === "yes" ? " with jitter" : ""}`;
  return `${most === "unbounded" ? "without end" : most === "unknown" ? "more than one" : most}${waits}`;
}

function breaker({ lives }: BreakerPolicy): string {
  const ways = { module: "one for the process", instance: "one for each client", keyed: "one for each key", call: "made for each call, which protects nothing" };
  return ways[lives];
}

function stepsOf(evidence: readonly Evidence[], link: MakeLink): readonly DescribedStep[] {
  return evidence.slice(0, 12).map(({ says, place }) => ({ says, ...(place === undefined ? {} : { link: link(place) }) }));
}

/** Ids of what a stretch of code makes on the map: calls and endpoints in it. */
export function thingsAt(place: Place, { nodes, edges }: Scene): readonly string[] {
  return [
    ...edges.filter(({ sources }) => sources.some((source) => meets(source, place))).map(({ id }) => id),
    ...nodes.filter(({ kind, source }) => kind === "endpoint" && source !== undefined && meets(source, place)).map(({ id }) => id),
  ];
}
