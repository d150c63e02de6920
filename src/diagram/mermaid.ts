import type { NodeKind, Scene, SceneEdge, SceneNode } from "../protocol/scene.ts";
import { byFolder } from "./folder-frames.ts";

/** The scene as a Mermaid flowchart. Node names are numbers, so that no name of the workspace can break the syntax. */
export function mermaidOf(scene: Scene): string {
  const { nodes, edges } = scene;
  const numbers = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  const box = ({ id, kind, name }: SceneNode): string => {
    const [open, close] = brackets[kind];
    return `  ${numbers.get(id)}${open}"${titled(name)}"${close}`;
  };
  const boxes = byFolder(scene).flatMap(({ folder, nodes: framed }, at) => (folder === undefined ? framed.map(box) : [`  subgraph g${at}["${titled(folder.name)}"]`, ...framed.map((node) => `  ${box(node)}`), "  end"]));
  const arrows = edges.map((edge) => `  ${numbers.get(edge.from)} ${arrow(edge)} ${numbers.get(edge.to)}`);
  const bare = edges.flatMap(({ isBare }, at) => (isBare ? [`  linkStyle ${at} stroke-width:4px`] : []));
  return ["flowchart TD", ...boxes, ...arrows, ...bare, ""].join("\n");
}

const brackets: Readonly<Record<NodeKind, readonly [string, string]>> = {
  service: ["[", "]"],
  frontend: ["[/", "/]"],
  foreign: ["[[", "]]"],
  store: ["[(", ")]"],
  channel: ["([", "])"],
  broker: ["([", "])"],
  external: ["{{", "}}"],
  unknown: ["{{", "}}"],
  endpoint: ["(", ")"],
  group: ["[[", "]]"],
};

function arrow({ flow, marks }: SceneEdge): string {
  const label = marks.length === 0 ? "" : `|"${escaped(marks.map(({ text }) => text).join(", "))}"|`;
  return `${flow === "sync" ? "-->" : "-.->"}${label}`;
}

/** Mermaid takes no empty title. */
function titled(name: string): string {
  return escaped(name.trim()) || "unnamed";
}

/** Mermaid reads `#name;` as a character of its own, quotes and angle brackets as markup, and `%%{init: …}%%` as settings wherever it stands. */
function escaped(text: string): string {
  return text.replace(/[\s\u0000-\u001f]+/g, " ").replace(/[#&"<>`\\%]/g, (sign) => `#${sign.charCodeAt(0)};`);
}
