/** What a person's wish to open or fold a thing means for what is asked of the server. Pure. */
import type { MapView } from "../protocol/map-view.ts";
import type { Picture } from "../protocol/scene.ts";

/** The view with the group of a thing open where it was folded, and folded where it was open; undefined for what has none. */
export function toggled({ nodes, groups }: Picture, active: string | undefined, shows: MapView): MapView | undefined {
  const opens = nodes.find(({ id }) => id === active)?.opens;
  const open = groups.find(({ id }) => id === active || id === `inside:${active ?? ""}` || id === opens)?.id ?? insideOf(groups, active);
  // Whatever was opened inside folds with it.
  if (open !== undefined) return { ...shows, opened: shows.opened.filter((id) => !id.includes(open)), folded: [...shows.folded.filter((id) => id !== open), open] };
  return opens === undefined ? undefined : { ...shows, folded: shows.folded.filter((id) => id !== opens), opened: [...shows.opened.filter((id) => id !== opens), opens] };
}

/** With several folders on one sheet, what tells them apart stands before the word. */
function insideOf(groups: Picture["groups"], active: string | undefined): string | undefined {
  const [prefix, own] = [active?.slice(0, active.lastIndexOf("#") + 1) ?? "", active?.slice(active.lastIndexOf("#") + 1) ?? ""];
  return groups.find(({ id }) => id === `${prefix}inside:${own}`)?.id;
}

export function firstInside({ nodes }: Picture, group: string | undefined): string | undefined {
  return nodes.filter((node) => node.group === group).toSorted((a, b) => a.y - b.y || a.x - b.x)[0]?.id;
}

export function groupAround({ nodes, groups }: Picture, active: string | undefined): string | undefined {
  return nodes.find(({ id }) => id === active)?.group ?? groups.find(({ id }) => id === active)?.parent;
}
