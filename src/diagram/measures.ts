/** Sizes of everything drawn. They do not depend on fonts that happen to be there: a layout is the same everywhere. */
import type { SceneEdge, SceneMark, SceneNode } from "../protocol/scene.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

const nameWidth = 8.2;
const markWidth = 6.1;
export const longestName = 26;
export const chipHeight = 17;
export const chipGap = 3;
export const badgeWidth = 30;

export function nodeSize({ kind, name, detail }: SceneNode): Size {
  const width = Math.max(shortened(name, longestName).length * nameWidth, shortened(detail, longestName + 8).length * 6.2) + 40;
  return { width: Math.round(Math.max(kind === "channel" ? 130 : 150, width)), height: kind === "store" ? 68 : kind === "channel" ? 48 : 58 };
}

export function chipWidth({ text }: SceneMark): number {
  return Math.round(text.length * markWidth + 12);
}

/** The row of an edge's marks; undefined where there is nothing to show. */
export function rowSize({ marks, findings }: SceneEdge): Size | undefined {
  const widths = [...marks.map(chipWidth), ...(findings.length === 0 ? [] : [badgeWidth])];
  if (widths.length === 0) return undefined;
  return { width: widths.reduce((sum, width) => sum + width + chipGap, -chipGap), height: chipHeight };
}

/** Whole characters, so that no half of a surrogate pair is left. */
export function shortened(text: string, most: number): string {
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join("")}…`;
}
