/** How near somebody looks, and what is drawn for them. Pure. */

/** afar: outlines, and the names of landmarks. midway: names and signs as well. near: the small print, too. */
export const nearnesses = ["afar", "midway", "near"] as const;
export type Nearness = (typeof nearnesses)[number];

/** Below these scales nobody reads names, and nobody the small print. */
const [nameScale, printScale] = [0.3, 0.5];
/** Below this the name takes the room of all that a box says. */
const tightScale = 0.72;

export function nearnessOf(scale: number): Nearness {
  return scale < nameScale ? "afar" : scale < printScale ? "midway" : "near";
}

/** Whether all is drawn, and so small that names need the room of the small print in their boxes. */
export function isTight(scale: number): boolean {
  return nearnessOf(scale) === "near" && scale < tightScale;
}
