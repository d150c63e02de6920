/** What of a system the page wants to see. */
import * as v from "valibot";

/** system: everything. service: one service with its endpoints and whatever it touches. request: one endpoint and all that follows. */
export type Level = { readonly is: "system" } | { readonly is: "service"; readonly id: string } | { readonly is: "request"; readonly id: string };

export interface MapView {
  readonly level: Level;
  /** Groups that the person folded, against their habit. */
  readonly folded: readonly string[];
  /** Groups that the person opened. */
  readonly opened: readonly string[];
  /** The window that the map is drawn for: tells which way the layout runs. */
  readonly window: "wide" | "tall";
  /** Counts the times that the person asked to have everything laid out anew. */
  readonly round: number;
}

export const wholeSystem: MapView = { level: { is: "system" }, folded: [], opened: [], window: "wide", round: 0 };

const id = v.pipe(v.string(), v.maxLength(2000));
const ids = v.pipe(v.array(id), v.maxLength(2000));
export const mapViewSchema = v.object({
  level: v.variant("is", [v.object({ is: v.literal("system") }), v.object({ is: v.literal("service"), id }), v.object({ is: v.literal("request"), id })]),
  folded: ids,
  opened: ids,
  window: v.picklist(["wide", "tall"]),
  round: v.number(),
});

/** A view out of whatever was sent; the whole system for anything else. */
export function readView(value: unknown): MapView {
  return v.parse(v.fallback(mapViewSchema, { ...wholeSystem, folded: [], opened: [] }), value);
}
