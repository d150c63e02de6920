import type { NodeKind, Scene, SceneEdge } from "../protocol/scene.ts";

/** The scene as a Mermaid flowchart. Node names are numbers, so that no name of the workspace can break the syntax. */
export function mermaidOf({ nodes, edges }: Scene): string {
  const numbers = new Map(nodes.map(({ id }, at) => [id, `n${at}`]));
  const boxes = nodes.map(({ kind, name }, at) => {
    const [open, close] = brackets[kind];
    return `  n${at}${open}"${escaped(name)}"${close}`;
  });
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

/** Mermaid reads `#name;` as a character of its own, and quotes and angle brackets as markup. */
function escaped(text: string): string {
  return text.replace(/[\s\u0000-\u001f]+/g, " ").replace(/[#&"<>`\\]/g, (sign) => `#${sign.charCodeAt(0)};`);
}
