/** What editor, server and the map's page tell each other. */
import * as v from "valibot";
import type { Description } from "./description.ts";
import { questionSchema, type FailureQuestion, type FailureRun } from "./failure.ts";
import { mapViewSchema, type MapView } from "./map-view.ts";
import { sceneFormats, type SceneFormat } from "./scene-formats.ts";

/** Request with a view: the picture of now; null until the first scan has ended. */
export const sceneMethod = "faultline/scene";
/** Notification: a picture asked for now would differ from the last one. */
export const sceneChangedMethod = "faultline/sceneChanged";
/** Request: where the code of a node or an edge stands, or one of the places in its description. */
export const locateMethod = "faultline/locate";
/** Request: all that is known of a node or an edge. */
export const describeMethod = "faultline/describe";
/** Request: the edges and endpoints at a position in the code, and the service that it belongs to. */
export const findOnMapMethod = "faultline/findOnMap";
/** Request: the map as a file. */
export const exportMapMethod = "faultline/exportMap";

/** Stands before a finding's fingerprint, where an id names a finding. */
export const findingPrefix = "finding:";

export const mapFormats = sceneFormats;
export type MapFormat = SceneFormat;
/** What the server writes, and what the page alone can: it has the fonts and the colours. */
export const savedFormats = [...mapFormats, "png"] as const;
export type SavedFormat = (typeof savedFormats)[number];

export interface CodePosition {
  readonly line: number;
  readonly character: number;
}

export interface CodeLocation {
  readonly uri: string;
  readonly range: { readonly start: CodePosition; readonly end: CodePosition };
}

/** What stands under the cursor: the things themselves, and the service around them. */
export interface FoundOnMap {
  readonly things: readonly string[];
  readonly service?: string;
}

/** peek: shows code only where an editor stands beside. stay: opens it and leaves the focus. go: goes there. fix: goes there and offers the fixes. */
const ways = ["peek", "stay", "go", "fix"] as const;
export type OpenWay = (typeof ways)[number];

/** From the page to the editor. Ids and numbers alone: only the server turns one into a place. */
export type PageMessage =
  | { readonly type: "ready"; readonly view: MapView }
  | { readonly type: "look"; readonly view: MapView }
  | { readonly type: "open"; readonly id: string; readonly way: OpenWay; readonly link?: number | undefined }
  | { readonly type: "describe"; readonly id: string }
  | { readonly type: "explain"; readonly rule: string }
  | { readonly type: "export"; readonly format: SavedFormat; readonly hidden: readonly string[] }
  | { readonly type: "png"; readonly data: string }
  | { readonly type: "fail"; readonly question: FailureQuestion };

/** From the editor to the page. A picture (`Picture`) goes as text: on its way it is copied several times, and text is copied fast. */
export type EditorMessage =
  | { readonly type: "picture"; readonly json: string | null }
  | { readonly type: "reveal"; readonly id: string }
  | { readonly type: "here"; readonly things: readonly string[]; readonly service?: string }
  | { readonly type: "description"; readonly id: string; readonly description: Description | null }
  /** To be made into a PNG. */
  | { readonly type: "raster"; readonly svg: string }
  | { readonly type: "failure"; readonly question: FailureQuestion; readonly run: FailureRun | null };

const id = v.pipe(v.string(), v.maxLength(4000));
const number = v.pipe(v.number(), v.integer(), v.minValue(0));
const pageMessage = v.variant("type", [
  v.object({ type: v.literal("ready"), view: mapViewSchema }),
  v.object({ type: v.literal("look"), view: mapViewSchema }),
  v.object({ type: v.literal("open"), id, way: v.picklist(ways), link: v.optional(number) }),
  v.object({ type: v.literal("describe"), id }),
  v.object({ type: v.literal("explain"), rule: v.pipe(v.string(), v.regex(/^[a-z][a-z-]*\/[a-z][a-z-]*$/)) }),
  v.object({ type: v.literal("export"), format: v.picklist(savedFormats), hidden: v.pipe(v.array(id), v.maxLength(20_000)) }),
  v.object({ type: v.literal("fail"), question: questionSchema }),
  v.object({ type: v.literal("png"), data: v.pipe(v.string(), v.regex(/^data:image\/png;base64,[A-Za-z0-9+/=]*$/)) }),
]);
const byId = v.object({ id, link: v.optional(number), view: v.optional(v.unknown()) });
const inFormat = v.object({ format: v.picklist(mapFormats), hidden: v.optional(v.array(v.string()), []), view: v.optional(v.unknown()) });
const inCode = v.object({ uri: v.string(), position: v.object({ line: v.number(), character: v.number() }), view: v.optional(v.unknown()) });

export type CodePlace = v.InferOutput<typeof inCode>;
export type Asked = v.InferOutput<typeof byId>;
export type AskedFile = v.InferOutput<typeof inFormat>;

/** A message of the page; undefined for anything else. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  const read = v.safeParse(pageMessage, value);
  return read.success ? read.output : undefined;
}

export function readAsked(value: unknown): Asked | undefined {
  const read = v.safeParse(byId, value);
  return read.success ? read.output : undefined;
}

export function readAskedFile(value: unknown): AskedFile | undefined {
  const read = v.safeParse(inFormat, value);
  return read.success ? read.output : undefined;
}

export function readCodePlace(value: unknown): CodePlace | undefined {
  const read = v.safeParse(inCode, value);
  return read.success ? read.output : undefined;
}
