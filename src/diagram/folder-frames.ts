/** What the written formats make of groups: frames of folders, and edges that end at things and not at frames. */
import { groupedBy } from "../model/grouped.ts";
import type { Scene, SceneGroup, SceneNode } from "../protocol/scene.ts";

/** Nodes by the innermost folder around them; those in none come last. */
export function byFolder({ nodes, groups = [] }: Scene): readonly { readonly folder?: SceneGroup; readonly nodes: readonly SceneNode[] }[] {
  const byId = new Map(groups.map((group) => [group.id, group] as const));
  const folderOf = ({ group }: SceneNode): SceneGroup | undefined => {
    const seen = new Set<string>();
    for (let at = group; at !== undefined && !seen.has(at); at = byId.get(at)?.parent) {
      seen.add(at);
      const found = byId.get(at);
      if (found?.kind === "folder") return found;
    }
    return undefined;
  };
  const folders = groupedBy(nodes, folderOf);
  return [...groups.flatMap((folder) => (folders.has(folder) ? [{ folder, nodes: folders.get(folder) ?? [] }] : [])), ...(folders.has(undefined) ? [{ nodes: folders.get(undefined) ?? [] }] : [])];
}

/** On screen an edge may end at the frame of an open bundle; in a file it ends at each thing in it. */
export function withoutFrameEnds(scene: Scene): Scene {
  const known = new Set(scene.nodes.map(({ id }) => id));
  const members = (id: string): readonly string[] => (known.has(id) ? [id] : scene.nodes.filter(({ group }) => group === id).map((node) => node.id));
  const edges = scene.edges.flatMap((edge) => {
    if (known.has(edge.from) && known.has(edge.to)) return [edge];
    return members(edge.from).flatMap((from) => members(edge.to).map((to) => ({ ...edge, id: `${edge.id} ${from} ${to}`, from, to })));
  });
  return { ...scene, edges };
}
