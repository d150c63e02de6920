/** What editor, server and the map's page tell each other. */
import * as v from "valibot";
import type { Picture } from "./scene.ts";

/** Request: the picture of now; null until the first scan has ended. */
export const sceneMethod = "faultline/scene";
/** Notification: a picture asked for now would differ from the last one. */
export const sceneChangedMethod = "faultline/sceneChanged";
/** Request: where the code of a node or an edge stands. */
export const locateMethod = "faultline/locate";
/** Request: the edge, else the service, that a position in the code belongs to. */
export const findOnMapMethod = "faultline/findOnMap";
/** Request: the map as a file. */
export const exportMapMethod = "faultline/exportMap";

export const mapFormats = ["svg", "mermaid", "json"] as const;
export type MapFormat = (typeof mapFormats)[number];

export interface CodePosition {
  readonly line: number;
  readonly character: number;
}

export interface CodeLocation {
  readonly uri: string;
  readonly range: { readonly start: CodePosition; readonly end: CodePosition };
}

/** From the page to the editor. Ids alone: only the server turns one into a place. */
export type PageMessage =
  | { readonly type: "ready" }
  | { readonly type: "open"; readonly id: string; readonly keepFocus: boolean }
  | { readonly type: "export"; readonly format: MapFormat };

/** From the editor to the page. */
export type EditorMessage =
  | { readonly type: "picture"; readonly picture: Picture | null }
  | { readonly type: "reveal"; readonly id: string };

const pageMessage = v.variant("type", [
  v.object({ type: v.literal("ready") }),
  v.object({ type: v.literal("open"), id: v.string(), keepFocus: v.boolean() }),
  v.object({ type: v.literal("export"), format: v.picklist(mapFormats) }),
]);
const byId = v.object({ id: v.string() });
const inFormat = v.object({ format: v.picklist(mapFormats) });
const inCode = v.object({ uri: v.string(), position: v.object({ line: v.number(), character: v.number() }) });

export type CodePlace = v.InferOutput<typeof inCode>;

/** A message of the page; undefined for anything else. */
export function readPageMessage(value: unknown): PageMessage | undefined {
  const read = v.safeParse(pageMessage, value);
  return read.success ? read.output : undefined;
}

export function readId(value: unknown): string | undefined {
  const read = v.safeParse(byId, value);
  return read.success ? read.output.id : undefined;
}

export function readFormat(value: unknown): MapFormat | undefined {
  const read = v.safeParse(inFormat, value);
  return read.success ? read.output.format : undefined;
}

export function readCodePlace(value: unknown): CodePlace | undefined {
  const read = v.safeParse(inCode, value);
  return read.success ? read.output : undefined;
}
