/** How near somebody looks, and what is drawn for them. Pure. */

/** afar: outlines. midway: names and signs as well. near: the small print, too. */
export const nearnesses = ["afar", "midway", "near"] as const;
export type Nearness = (typeof nearnesses)[number];

/** Below these scales nobody reads names, and nobody the small print. */
const [nameScale, printScale] = [0.26, 0.5];

export function nearnessOf(scale: number): Nearness {
  return scale < nameScale ? "afar" : scale < printScale ? "midway" : "near";
}
