/** Which names are written over a map that is seen from so far that none fits into its box: as on a map of a country, those of the largest places. Pure. */
import type { Picture } from "../protocol/scene.ts";

export interface Landmark {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** In pixels of the window. */
const [letterWidth, lineHeight, most] = [6.9, 18, 28];

/** Frames first, then what most lines meet; each only where its name, in letters of the usual size, covers no other. `chosen` come before all. */
export function landmarksOf({ nodes, edges, groups }: Picture, scale: number, isSeen: (id: string) => boolean, chosen: ReadonlySet<string>): readonly Landmark[] {
  const lines = new Map<string, number>();
  for (const id of edges.flatMap(({ from, to, flow }) => (flow === "unknown" ? [] : [from, to]))) lines.set(id, (lines.get(id) ?? 0) + 1);
  const candidates = [
    ...groups.filter(({ kind }) => kind === "folder").map(({ id, name, x, y, width, height }) => ({ id, text: name, x, y: y - height / 2 + lineHeight / 2 / scale, weight: 1e6 + width * height })),
    // Below its box, which goes on being seen.
    ...nodes.map(({ id, name, x, y, height, findings }) => ({ id, text: name, x, y: y + height / 2 + 7 / scale, weight: (lines.get(id) ?? 0) + Math.min(findings, 9) / 10 })),
  ].map((one) => (chosen.has(one.id) ? { ...one, weight: Infinity } : one));
  const taken: { readonly x: number; readonly y: number; readonly half: number }[] = [];
  return candidates
    .filter(({ id }) => isSeen(id))
    .sort((a, b) => (a.weight === b.weight ? (a.id < b.id ? -1 : 1) : b.weight - a.weight))
    .flatMap(({ id, text, x, y }) => {
      const written = text.length > most ? `${text.slice(0, most - 1)}…` : text;
      const place = { x: x * scale, y: y * scale, half: (written.length * letterWidth) / 2 + 6 };
      if (taken.some((other) => Math.abs(other.y - place.y) < lineHeight && Math.abs(other.x - place.x) < other.half + place.half)) return [];
      taken.push(place);
      return [{ id, x, y, text: written }];
    });
}
