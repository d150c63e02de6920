import type { Picture, Scene } from "../protocol/scene.ts";
import { drawEdge, edgeLabel } from "./draw-edge.ts";
import { drawNode, nodeLabel } from "./draw-node.ts";
import type { Layout } from "./layout.ts";
import { legend } from "./legend.ts";

/** Draws a scene where its layout puts it. */
export function pictureOf(scene: Scene, layout: Layout): Picture {
  const names = new Map(scene.nodes.map(({ id, name }) => [id, name]));
  return {
    x: layout.x,
    y: layout.y,
    width: layout.width,
    height: layout.height,
    nodes: scene.nodes.map((node) => {
      const box = layout.nodes.get(node.id) ?? { x: 0, y: 0, width: 0, height: 0 };
      const words = [node.kind, node.detail, ...node.findings.map(({ rule }) => rule)].join(" ");
      return { id: node.id, name: node.name, kind: node.kind, ...box, label: nodeLabel(node), words, findings: node.findings.length, shape: drawNode(node) };
    }),
    edges: scene.edges.flatMap((edge) => {
      const route = layout.edges.get(edge.id);
      if (route === undefined) return [];
      const label = edgeLabel(edge, names.get(edge.from) ?? edge.from, names.get(edge.to) ?? edge.to);
      const shape = drawEdge(edge, route, [label, ...edge.findings.map(({ rule, what }) => `${rule}: ${what}`)].join("\n"));
      return [{ id: edge.id, from: edge.from, to: edge.to, label, findings: edge.findings.length, ...route.label, shape }];
    }),
    legend: legend(),
  };
}
