import type { Scene, SceneEdge, SceneFinding } from "../protocol/scene.ts";

/** Kinds of nodes that the whole system's scene has. */
export const sceneKinds = ["service", "frontend", "foreign", "store", "channel", "broker", "external", "unknown"] as const;

/** What of a scene is wanted. What is not named is not narrowed. */
export interface SceneFilter {
  /** Kinds of nodes. */
  readonly kinds?: readonly string[];
  /** Services by name: they, and what touches them. */
  readonly services?: readonly string[];
  /** Only what these rules have found something in, with the ends of the edges. */
  readonly rules?: readonly string[];
  /** Likewise, from this severity on. */
  readonly severity?: SceneFinding["severity"];
  /** A node by id or name, and what is at most so many edges away. */
  readonly focus?: { readonly node: string; readonly depth: number };
}

/** Names in a filter that no node has: told to whoever asked, instead of an empty sheet. */
export function unknownNames({ nodes }: Scene, { services = [], focus }: SceneFilter): readonly string[] {
  const known = new Set(nodes.flatMap(({ id, name }) => [id, name]));
  return [...services, ...(focus === undefined ? [] : [focus.node])].filter((name) => !known.has(name));
}

/** The part of a scene that a filter leaves. */
export function filteredScene(scene: Scene, filter: SceneFilter): Scene {
  let edges = scene.edges.filter((edge) => isFound(edge, filter));
  let kept = new Set(scene.nodes.filter(({ kind }) => filter.kinds?.includes(kind) ?? true).map(({ id }) => id));
  if (filter.services !== undefined) {
    const chosen = idsOf(scene, filter.services);
    edges = edges.filter(({ from, to }) => chosen.has(from) || chosen.has(to));
    kept = within(kept, new Set([...chosen, ...endsOf(edges)]));
  }
  if (filter.focus !== undefined) kept = within(kept, neighbours(idsOf(scene, [filter.focus.node]), edges, filter.focus.depth));
  edges = edges.filter(({ from, to }) => kept.has(from) && kept.has(to));
  if (filter.rules !== undefined || filter.severity !== undefined) {
    const touched = endsOf(edges);
    kept = within(kept, new Set([...touched, ...scene.nodes.filter(({ findings }) => isTelling(findings, filter)).map(({ id }) => id)]));
  }
  return { ...scene, nodes: scene.nodes.filter(({ id }) => kept.has(id)), edges };
}

function isFound({ findings }: SceneEdge, filter: SceneFilter): boolean {
  return (filter.rules === undefined && filter.severity === undefined) || isTelling(findings, filter);
}

const ranks: Readonly<Record<SceneFinding["severity"], number>> = { error: 3, warning: 2, information: 1, hint: 0 };

function isTelling(findings: readonly SceneFinding[], { rules, severity = "hint" }: SceneFilter): boolean {
  return findings.some((finding) => (rules?.includes(finding.rule) ?? true) && ranks[finding.severity] >= ranks[severity]);
}

function idsOf({ nodes }: Scene, names: readonly string[]): ReadonlySet<string> {
  return new Set(nodes.filter(({ id, name }) => names.includes(id) || names.includes(name)).map(({ id }) => id));
}

function endsOf(edges: readonly SceneEdge[]): ReadonlySet<string> {
  return new Set(edges.flatMap(({ from, to }) => [from, to]));
}

function within(ids: ReadonlySet<string>, others: ReadonlySet<string>): Set<string> {
  return new Set([...ids].filter((id) => others.has(id)));
}

function neighbours(start: ReadonlySet<string>, edges: readonly SceneEdge[], depth: number): ReadonlySet<string> {
  const found = new Set(start);
  for (let step = 0; step < depth; step++) {
    const near = edges.filter(({ from, to }) => found.has(from) || found.has(to));
    for (const id of endsOf(near)) found.add(id);
  }
  return found;
}
