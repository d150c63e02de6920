/** What of the picture is in sight: filters hide, focus, paths and searches light up and fade the rest. Pure. */
import type { Filterable, Picture } from "../protocol/scene.ts";
import { isFiltering, type Filter, type State } from "./state.ts";
import { between, matches, neighbourhood } from "./walk.ts";

export interface Sight {
  readonly hidden: ReadonlySet<string>;
  /** What stays bright; undefined where nothing is faded. */
  readonly lit: ReadonlySet<string> | undefined;
  readonly found: readonly string[];
}

export function sightOf(picture: Picture, { filter, focus, path, query }: Pick<State, "filter" | "focus" | "path" | "query">): Sight {
  const hidden = hiddenBy(picture, filter);
  const found = matches({ ...picture, nodes: picture.nodes.filter(({ id }) => !hidden.has(id)) }, query);
  return { hidden, lit: lit(), found };

  function lit(): ReadonlySet<string> | undefined {
    if (query.trim() !== "") return new Set(found);
    if (path?.to !== undefined) return new Set([path.from, path.to, ...between(picture, path.from, path.to)]);
    return focus === undefined ? undefined : neighbourhood(picture, focus.id, focus.depth);
  }
}

function hiddenBy({ nodes, edges, groups }: Picture, filter: Filter): ReadonlySet<string> {
  if (!isFiltering(filter)) return new Set();
  const isNamed = filter.severities.length > 0 || filter.rules.length > 0;
  const fits = ({ rules, severity }: Filterable): boolean =>
    (filter.severities.length === 0 || filter.severities.includes(severity)) && (filter.rules.length === 0 || rules.some((rule) => filter.rules.includes(rule)));
  const touches = (id: string): boolean => filter.services.length === 0 || filter.services.includes(id);
  const allowed = new Set(nodes.filter(({ kind }) => !filter.hiddenKinds.includes(kind)).map(({ id }) => id));
  // Edges may end at the frame of a bundle.
  for (const { id } of groups) allowed.add(id);
  const shownEdges = edges.filter((edge) => !filter.hiddenEdges.includes(edge.kind) && allowed.has(edge.from) && allowed.has(edge.to) && (touches(edge.from) || touches(edge.to)) && (!isNamed || fits(edge)));
  const ends = new Set(shownEdges.flatMap(({ from, to }) => [from, to]));
  const shown = new Set([
    ...shownEdges.map(({ id }) => id),
    ...nodes.filter((node) => allowed.has(node.id) && (ends.has(node.id) || (node.group !== undefined && ends.has(node.group)) || ((!isNamed || fits(node)) && touches(node.id)))).map(({ id }) => id),
  ]);
  const framed = new Set(nodes.flatMap(({ id, group }) => (shown.has(id) && group !== undefined ? [group] : [])));
  for (const { id } of groups) if (ends.has(id)) framed.add(id);
  // A frame is there while anything in it is, however deep.
  for (const id of framed) for (const group of groups) if (group.id === id && group.parent !== undefined) framed.add(group.parent);
  return new Set([...nodes, ...edges, ...groups].map(({ id }) => id).filter((id) => !shown.has(id) && !framed.has(id)));
}

export function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
