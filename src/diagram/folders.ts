/** Frames around services that share a folder, with the stores and channels that they alone use. */
import type { ArchitectureModel } from "../model/architecture.ts";
import type { Scene, SceneGroup, SceneNode } from "../protocol/scene.ts";

/** Folders frame services where there are several folders, and at least one holds several services. */
export function withFolders(scene: Scene, { services }: ArchitectureModel): Scene {
  const folders = foldersOf(services.map(({ id, root }) => [id, root] as const));
  if (folders.size === 0) return scene;
  const groups = [...new Set(folders.values())].sort().map((name): SceneGroup => ({ id: `folder:${name}`, kind: "folder", name }));
  const home = (node: SceneNode): string | undefined => folders.get(node.id) ?? sharedFolder(node, scene, folders);
  return {
    ...scene,
    groups,
    nodes: scene.nodes.map((node) => {
      const name = home(node);
      return name === undefined ? node : { ...node, group: `folder:${name}` };
    }),
  };
}

/** Service → the folder that says most: what all or most have in common says nothing, nor does a folder of its own. */
function foldersOf(roots: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const above = roots.map(([id, root]) => [id, root.split("/").slice(0, -1)] as const);
  const shared = commonLength(above.map(([, segments]) => segments));
  const named = above.flatMap(([id, segments]) => (segments.length > shared ? [[id, segments.slice(0, shared + 1).join("/")] as const] : []));
  const counts = new Map<string, number>();
  for (const [, name] of named) counts.set(name, (counts.get(name) ?? 0) + 1);
  const telling = named.filter(([, name]) => (counts.get(name) ?? 0) > 1);
  return new Map(new Set(telling.map(([, name]) => name)).size > 1 || (telling.length > 0 && telling.length * 2 <= roots.length) ? telling : []);
}

function commonLength(paths: readonly (readonly string[])[]): number {
  const [first = []] = paths;
  const differs = first.findIndex((segment, at) => paths.some((path) => path[at] !== segment));
  return differs < 0 ? first.length : differs;
}

function sharedFolder({ id, kind }: SceneNode, { edges }: Scene, folders: ReadonlyMap<string, string>): string | undefined {
  if (kind !== "store" && kind !== "channel") return undefined;
  const users = edges.flatMap(({ from, to }) => (from === id ? [to] : to === id ? [from] : []));
  const names = new Set(users.map((user) => folders.get(user)));
  const [name] = names;
  return names.size === 1 ? name : undefined;
}
