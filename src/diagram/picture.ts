import type { Filterable, Picture, PictureEdge, PictureGroup, PictureNode, Scene, SceneEdge, SceneFinding, SceneGroup, SceneNode, ShownLevel } from "../protocol/scene.ts";
import { drawEdge, drawMarks, edgeLabel } from "./draw-edge.ts";
import { drawFrame, drawNode, nodeLabel, ranks } from "./draw-node.ts";
import type { Layout } from "./layout.ts";
import { legend } from "./legend.ts";
import { counted } from "./scene.ts";

/** What is drawn besides the scene itself. */
export interface Caption {
  readonly level?: ShownLevel;
  readonly folded?: number;
}

/** Draws a scene where its layout puts it. */
export function pictureOf(scene: Scene, layout: Layout, { level = { is: "system" }, folded = 0 }: Caption = {}): Picture {
  const groups = scene.groups ?? [];
  const names = new Map([...groups, ...scene.nodes].map(({ id, name }) => [id, name]));
  return {
    x: layout.x,
    y: layout.y,
    width: layout.width,
    height: layout.height,
    nodes: scene.nodes.map((node) => pictureNode(node, layout)),
    edges: scene.edges.flatMap((edge) => pictureEdge(edge, layout, names)),
    groups: groups.flatMap((group): readonly PictureGroup[] => {
      const box = layout.groups.get(group.id);
      const inside = scene.nodes.filter((node) => node.group === group.id).length;
      return box === undefined ? [] : [{ ...group, ...box, label: groupLabel(group, inside), ...drawFrame(group, box), tip: groupLabel(group, inside) }];
    }),
    legend: legend(scene),
    level,
    folded,
  };
}

function groupLabel({ name }: SceneGroup, inside: number): string {
  return `${name}, open group, ${counted(inside, "node")}`;
}

function pictureNode(node: SceneNode, layout: Layout): PictureNode {
  const box = layout.nodes.get(node.id) ?? { x: 0, y: 0, width: 1, height: 1 };
  const keywords = [node.kind, node.detail, ...node.findings.map(({ rule }) => rule)].join(" ");
  const { id, name, kind } = node;
  return {
    id,
    name,
    kind,
    ...box,
    label: nodeLabel(node),
    keywords,
    findings: node.findings.length,
    ...filterable(node.findings),
    enters: kind === "endpoint" ? "request" : kind === "service" || kind === "frontend" || kind === "foreign" ? "service" : "nothing",
    ...(node.group === undefined ? {} : { group: node.group }),
    ...(node.opens === undefined ? {} : { opens: node.opens }),
    ...(node.broker === undefined ? {} : { broker: node.broker }),
    ...(node.members === undefined ? {} : { members: node.members }),
    ...drawNode(node, box),
  };
}

function pictureEdge(edge: SceneEdge, layout: Layout, names: ReadonlyMap<string, string>): readonly PictureEdge[] {
  const route = layout.edges.get(edge.id);
  if (route === undefined) return [];
  const label = edgeLabel(edge, names.get(edge.from) ?? edge.from, names.get(edge.to) ?? edge.to);
  const marks = drawMarks(edge, route.label);
  const { id, from, to, kind = "other", flow, isBare, stands } = edge;
  return [{ id, ...(stands === undefined ? {} : { stands }), from, to, kind, flow, isBare, label, findings: edge.findings.length, ...filterable(edge.findings), ...route.label, ...drawEdge(edge, route, label), ...(marks === undefined ? {} : { marks }) }];
}

function filterable(findings: readonly SceneFinding[]): Filterable {
  const [worst] = [...findings].sort((a, b) => ranks[a.severity] - ranks[b.severity]);
  return { rules: [...new Set(findings.map(({ rule }) => rule))].sort(), severity: worst?.severity ?? "none" };
}
