/** The map of a system: what it shows (a scene), and the drawing of it that the editor gets (a picture). */

export type NodeKind = "service" | "frontend" | "foreign" | "store" | "channel" | "broker" | "external" | "unknown";

/** sync: the caller waits. async: it does not. unknown: no call was understood, a manifest alone names it. */
export type Flow = "sync" | "async" | "unknown";

export interface SceneSource {
  readonly path: string;
  readonly at: number;
  readonly end: number;
}

export interface SceneFinding {
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly what: string;
}

/** What is shown, without places on the sheet. Ids are stable; lists are sorted by id. */
export interface Scene {
  readonly nodes: readonly SceneNode[];
  readonly edges: readonly SceneEdge[];
}

export interface SceneNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** A few words under the name: `TypeScript · 4 endpoints`, `postgres`. */
  readonly detail: string;
  readonly findings: readonly SceneFinding[];
  readonly source?: SceneSource;
}

export interface SceneEdge {
  readonly id: string;
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

export const shapeTags = ["g", "rect", "path", "circle", "ellipse", "text", "title"] as const;
export type ShapeTag = (typeof shapeTags)[number];

/** Attributes that a shape may have: none of them can load or run anything. */
export const shapeAttributes: readonly string[] = [
  ...["class", "d", "x", "y", "width", "height", "rx", "ry", "cx", "cy", "r", "transform", "text-anchor"],
];

/** A scene with its layout, drawn. */
export interface Picture {
  /** The upper left corner of the sheet. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  readonly legend: Legend;
}

export interface Legend {
  readonly width: number;
  readonly height: number;
  readonly shape: Shape;
}

export interface PictureNode extends Box {
  readonly id: string;
  readonly name: string;
  readonly kind: NodeKind;
  /** Everything in one sentence, for whoever does not see the drawing. */
  readonly label: string;
  /** Words that the search looks at besides the name. */
  readonly words: string;
  readonly findings: number;
  readonly shape: Shape;
}

export interface PictureEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly findings: number;
  /** Where its marks are. */
  readonly x: number;
  readonly y: number;
  readonly shape: Shape;
}

/** Its middle, and its size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
