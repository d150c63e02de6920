/** The architecture that the code really has. Every element has a stable id and its places; lists are sorted by id. */
import type { Confidence, Place } from "./finding.ts";
import type { Evidence, Policy } from "./policy.ts";

export interface ArchitectureModel {
  readonly services: readonly Service[];
  readonly endpoints: readonly Endpoint[];
  readonly stores: readonly Store[];
  readonly brokers: readonly Broker[];
  readonly channels: readonly Channel[];
  readonly externals: readonly External[];
  readonly edges: readonly Edge[];
  /** Every use of a table, collection or key space by a service. */
  readonly accesses: readonly StoreAccess[];
  /** What could not be understood, with the reason. */
  readonly blindSpots: readonly BlindSpot[];
  /** How much of what leaves the process is understood; absent in a model that was not recovered from code. */
  readonly resolution?: Resolution;
}

/** Counts calls that leave a service, each place once: requests, SDKs, queries, caches and messages. Pages and commands are left out. */
export interface Resolution {
  readonly calls: number;
  readonly targetKnown: number;
  /** Its length, or that there is none. */
  readonly deadlineKnown: number;
  /** Why the rest is not known: targets first, each by how often it comes. */
  readonly reasons: readonly UnresolvedReason[];
}

export interface UnresolvedReason {
  readonly of: "target" | "deadline";
  /** Names in it are blanked. */
  readonly why: string;
  readonly count: number;
  readonly example: Place;
}

/** A deployable unit. */
export interface Service {
  /** `service:<name>` */
  readonly id: string;
  readonly name: string;
  /** Directory of its code; `""` for the root. For a service in another language, the folder its build context names. */
  readonly root: string;
  readonly language: "typescript" | "javascript" | "other";
  /** Services built from the same package, image or repository folder share an owner (rules.md, settled cases: Database). */
  readonly owner: string;
  /** Names that it answers to on the network: Compose service name, Kubernetes Service name, container name. */
  readonly hosts: readonly string[];
  readonly ports: readonly number[];
  /** Directories and files whose code runs in it, its own root first; libraries that it imports are not listed. */
  readonly entryPoints: readonly Place[];
  /** A web front end that runs in browsers. */
  readonly isFrontend: boolean;
  /** Environment that its manifests give it: name → value with the place it was read from; later sources win. */
  readonly environment: Readonly<Record<string, { readonly value: string; readonly place: Place }>>;
  readonly replicas?: number;
  /** Why it was taken for a service. */
  readonly evidence: readonly Evidence[];
}

export interface Endpoint {
  readonly id: string;
  readonly service: string;
  readonly kind: "http" | "grpc" | "message" | "schedule" | "graphql";
  /** `POST /orders/:id`, `orders.created`, `OrderService.Place`. */
  readonly title: string;
  readonly place: Place;
}

export interface Store {
  /** `store:<engine>/<host or owner>/<database>` */
  readonly id: string;
  /** Name for people and for the diagram: the database's name, else its host's. */
  readonly name: string;
  readonly engine: string;
  readonly host?: string;
  readonly database?: string;
  readonly places: readonly Place[];
  readonly usedBy: readonly string[];
}

export interface StoreAccess {
  readonly service: string;
  readonly store: string;
  /** Table, collection, model; absent where only the connection is known. */
  readonly entity?: string;
  readonly access: "read" | "write" | "connect";
  readonly place: Place;
  readonly confidence: Confidence;
}

export interface Broker {
  readonly id: string;
  readonly name: string;
  readonly engine: string;
}

export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly broker?: string;
  readonly producers: readonly { readonly service: string; readonly place: Place }[];
  readonly consumers: readonly { readonly service: string; readonly place: Place }[];
}

export interface External {
  readonly id: string;
  readonly name: string;
}

export interface Edge {
  readonly id: string;
  /** Ids of a service, store, broker or external. */
  readonly from: string;
  readonly to: string;
  readonly kind: "http" | "grpc" | "event" | "db" | "other";
  /** Topic or queue of an event edge. */
  readonly via?: string;
  /** Call sites that make the edge. */
  readonly sites: readonly string[];
  readonly places: readonly Place[];
  /** The weakest of its call sites' policies; absent for edges read from manifests alone. */
  readonly policy?: Policy;
  readonly evidence: readonly Evidence[];
}

export interface BlindSpot {
  readonly place: Place;
  readonly why: string;
}
