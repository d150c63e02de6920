/** The map of a system: what it shows (a scene), and the drawing of it that the editor gets (a picture). */

export const nodeKinds = ["service", "frontend", "foreign", "store", "channel", "broker", "external", "unknown", "endpoint", "group"] as const;
/** endpoint: what a service answers to. group: several things folded into one. */
export type NodeKind = (typeof nodeKinds)[number];

export const edgeKinds = ["http", "grpc", "event", "db", "other"] as const;
export type EdgeKind = (typeof edgeKinds)[number];

export const severities = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof severities)[number];

/** sync: the caller waits. async: it does not. unknown: no call was understood, a manifest alone names it. */
export type Flow = "sync" | "async" | "unknown";

export interface SceneSource {
  readonly path: string;
  readonly at: number;
  readonly end: number;
}

export interface SceneFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly what: string;
  /** Tells it from every other finding. */
  readonly id: string;
}

/** What is shown, without places on the sheet. Ids are stable; lists are sorted by id. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
  /** Frames around nodes. Absent where there are none. */
  readonly groups?: readonly SceneGroup[];
}

/**
 * folder: services that share a folder, with what they alone use. service: a service and its endpoints. bundle: things of one kind
 * that touch the same others; it is drawn as a grid, and edges end at its frame.
 */
export interface SceneGroup {
  readonly id: string;
  readonly kind: "folder" | "service" | "bundle";
  readonly name: string;
  /** The group around it. */
  readonly parent?: string;
}

export interface SceneNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** A few words under the name: `TypeScript · 4 endpoints`, `postgres`. */
  readonly detail: string;
  readonly findings: readonly SceneFinding[];
  readonly source?: SceneSource;
  /** The group that it stands in. */
  readonly group?: string;
  /** The group that opens in its place. */
  readonly opens?: string;
  /** The service that it is part of. */
  readonly service?: string;
  /** Of a channel. */
  readonly broker?: string;
  /** What is folded into it. */
  readonly members?: readonly string[];
}

export interface SceneEdge {
  readonly id: string;
  readonly kind?: EdgeKind;
  /** The edges that it stands for, where it is more than one. */
  readonly stands?: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly flow: Flow;
  /** `calls over HTTP`, `writes and reads`, `publishes`. */
  readonly verb: string;
  /** A call that can hang for ever: it has no deadline. */
  readonly isBare: boolean;
  readonly marks: readonly SceneMark[];
  readonly findings: readonly SceneFinding[];
  readonly sources: readonly SceneSource[];
}

/** One word of a call's policy, as an edge shows it. */
export interface SceneMark {
  /** `5 s`, `no deadline`, `3 tries`, `breaker`. */
  readonly text: string;
  /** bad: missing protection. unknown: could not be told. */
  readonly tone: "good" | "bad" | "unknown" | "quiet";
}

/** One element of a drawing. Text is text: whoever draws it must never read it as markup. */
export interface Shape {
  readonly tag: ShapeTag;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children?: readonly Shape[];
  readonly text?: string;
}

export const shapeTags = ["g", "rect", "path", "circle", "ellipse", "text", "tspan", "title"] as const;
export type ShapeTag = (typeof shapeTags)[number];

/** Attributes that a shape may have: none of them can load or run anything. */
export const shapeAttributes: readonly string[] = [
  ...["class", "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "transform", "text-anchor"],
];

/**
 * A drawing in parts: what is not to be seen from where somebody looks need not be drawn yet. Everything stands at its place on the
 * sheet: hundreds of transforms cost a browser more than what they move.
 */
export interface Sketch {
  /** Its outline, which can be seen from afar. Whatever follows is drawn into it. */
  readonly shape: Shape;
  readonly signs: readonly Shape[];
  /** Its name in large letters, in place of the details where they could not be read. */
  readonly large: readonly Shape[];
  readonly details: readonly Shape[];
  /** What it tells whoever points at it. */
  readonly tip: string;
}

/** A scene with its layout, drawn. */
export interface Picture {
  /** The upper left corner of the sheet. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly groups: readonly PictureGroup[];
  readonly legend: Legend;
  readonly level: ShownLevel;
  /** Things that are there but folded away, because there would be too many. */
  readonly folded: number;
}

/** One of the levels, with the name of what it shows. */
export interface ShownLevel {
  readonly is: "system" | "service" | "request";
  readonly id?: string;
  readonly name?: string;
  /** For a request: the service that it comes in at. */
  readonly service?: { readonly id: string; readonly name: string };
}

export interface Legend {
  readonly width: number;
  readonly height: number;
  readonly shape: Shape;
  readonly entries: readonly LegendEntry[];
}

export interface LegendEntry {
  readonly width: number;
  readonly shape: Shape;
  readonly text: string;
}

/** What filters look at. */
export interface Filterable {
  readonly rules: readonly string[];
  /** The worst of its findings. */
  readonly severity: Severity | "none";
}

/** The frame of an open group. */
export interface PictureGroup extends Box, Sketch {
  readonly id: string;
  readonly kind: SceneGroup["kind"];
  readonly name: string;
  readonly label: string;
  readonly parent?: string;
}

export interface PictureNode extends Box, Filterable, Sketch {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  readonly group?: string;
  readonly opens?: string;
  /** Whether it can be a level of its own: a service, an endpoint. */
  readonly enters: "service" | "request" | "nothing";
  readonly broker?: string;
  readonly members?: readonly string[];
  /** Everything in one sentence, for whoever does not see the drawing. */
  readonly label: string;
  /** What the search looks at besides the name. */
  readonly keywords: string;
  readonly findings: number;
}

export interface PictureEdge extends Filterable, Sketch {
  readonly id: string;
  readonly kind: EdgeKind;
  readonly flow: Flow;
  readonly isBare: boolean;
  readonly stands?: readonly string[];
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly findings: number;
  /** Where its marks are. */
  readonly x: number;
  readonly y: number;
  /** Its pill, drawn over all lines where there is anything to say. `counted`: how much of its right end tells the number of findings. */
  readonly marks?: { readonly shape: Shape; readonly width: number; readonly height: number; readonly counted: number };
}

/** Of the frame of a group: the band with its name, a press on which folds it. */
export const titleHeight = 22;

/** Its middle, and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
