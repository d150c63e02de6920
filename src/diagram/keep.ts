/** Places that are kept after an edit, and a free one for what is new. */
import type { Box, Scene } from "../protocol/scene.ts";
import type { Item } from "./dot.ts";
import { frames } from "./frames.ts";
import type { Layout } from "./layout.ts";

const rankStep = 130;
const margin = 24;

/** Places of all items where most are known from before; a new one stands beside its first neighbour. Undefined where too much is new. */
export function keptPlaces(scene: Scene, items: readonly Item[], before: Layout): ReadonlyMap<string, Box> | undefined {
  const places = new Map<string, Box>();
  for (const { id, width, height } of items) {
    const box = before.nodes.get(id);
    if (box !== undefined) places.set(id, { x: box.x, y: box.y, width, height });
  }
  const added = items.filter(({ id }) => !places.has(id));
  if (added.length * 4 > items.length) return undefined;
  for (const item of added) places.set(item.id, freePlace(item, { scene, items, places }));
  return places;
}

interface Sheet {
  readonly scene: Scene;
  readonly items: readonly Item[];
  readonly places: ReadonlyMap<string, Box>;
}

function freePlace(item: Item, sheet: Sheet): Box {
  const { places, scene } = sheet;
  const size = { width: item.width, height: item.height };
  const edge = scene.edges.find(({ from, to }) => (from === item.id && places.has(to)) || (to === item.id && places.has(from)));
  const beside = edge === undefined ? undefined : places.get(edge.from === item.id ? edge.to : edge.from);
  const start = beside ?? { x: 0, y: Math.max(0, ...[...places.values()].map(({ y }) => y)) };
  const step = edge?.from === item.id ? -rankStep : rankStep;
  for (let ring = 0; ring < 200; ring++) {
    const shift = (ring % 2 === 0 ? 1 : -1) * Math.ceil((ring % 20) / 2) * 60;
    const box = { x: start.x + shift, y: start.y + step * (1 + Math.floor(ring / 20)), ...size };
    if (isFree(item, box, sheet)) return box;
  }
  return { ...size, x: start.x, y: Math.max(...[...places.values()].map(({ y, height }) => y + height / 2)) + rankStep };
}

/** Free of other items; in no frame but its own, and its own frame grows over nobody. */
function isFree(item: Item, box: Box, { scene, items, places }: Sheet): boolean {
  if ([...places.values()].some((other) => overlap(box, other, margin))) return false;
  const groups = scene.groups ?? [];
  if (groups.length === 0) return true;
  const around = frames(scene, new Map([...places, [item.id, box]]));
  const groupOf = new Map(items.map(({ id, group }) => [id, group] as const));
  const isWithin = (id: string, group: string): boolean => {
    for (let at = groupOf.get(id); at !== undefined; at = groups.find((one) => one.id === at)?.parent) if (at === group) return true;
    return id === group;
  };
  return [...around].every(([group, frame]) => [...places, [item.id, box] as const].every(([id, place]) => isWithin(id, group) || !overlap(frame, place, 4)));
}

function overlap(a: Box, b: Box, gap: number): boolean {
  return Math.abs(a.x - b.x) < (a.width + b.width) / 2 + gap && Math.abs(a.y - b.y) < (a.height + b.height) / 2 + gap;
}
