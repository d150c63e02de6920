import type { Scene, SceneEdge, SceneNode } from "../protocol/scene.ts";
import { byFolder } from "./folder-frames.ts";
import { identifiersOf } from "./identifiers.ts";

/** The scene as a LikeC4 source: specification, model and one view of everything. */
export function likec4Of(scene: Scene): string {
  const { nodes, edges } = scene;
  const ids = identifiersOf(nodes.map(({ id }) => id));
  const kinds = [...new Set(nodes.map(({ kind }) => kind))].sort();
  return [
    "specification {",
    ...kinds.flatMap(specified),
    "  relationship sync {\n    line solid\n  }",
    "  relationship async {\n    line dashed\n    head open\n  }",
    "  relationship unseen {\n    line dotted\n  }",
    "  tag unprotected",
    "}",
    "model {",
    ...nodes.map((node) => element(node, ids.get(node.id) ?? "")),
    ...edges.map((edge) => relation(edge, ids)),
    "}",
    "views {",
    "  view index {",
    '    title "Recovered by Faultline"',
    ...byFolder(scene).flatMap(({ folder, nodes: framed }) => (folder === undefined ? [] : [`    group ${quoted(folder.name || "folder")} {`, ...framed.map(({ id }) => `      include ${ids.get(id)}`), "    }"])),
    "    include *",
    "    autoLayout TopBottom",
    "  }",
    "}",
    "",
  ].join("\n");
}

const shapes: Readonly<Record<string, string>> = { store: "storage", channel: "queue", broker: "queue", frontend: "browser" };

/** Kinds that the language has no word of its own for; `fl_` keeps them off its keywords. */
function specified(kind: SceneNode["kind"]): readonly string[] {
  const style = [...(shapes[kind] === undefined ? [] : [`shape ${shapes[kind]}`]), ...(kind === "external" || kind === "unknown" ? ["border dashed", "color muted"] : [])];
  return style.length === 0 ? [`  element fl_${kind}`] : [`  element fl_${kind} {\n    style {\n${style.map((one) => `      ${one}`).join("\n")}\n    }\n  }`];
}

function element({ id, kind, name, detail }: SceneNode, identifier: string): string {
  return `  ${identifier} = fl_${kind} ${quoted(name || "unnamed")} {\n    technology ${quoted(detail)}\n    metadata {\n      faultline_id ${quoted(id)}\n    }\n  }`;
}

function relation({ from, to, flow, verb, marks, isBare }: SceneEdge, ids: ReadonlyMap<string, string>): string {
  const tag = isBare ? "\n    #unprotected" : "";
  const policy = marks.map(({ text }) => text).join(", ");
  return `  ${ids.get(from)} -[${flow === "unknown" ? "unseen" : flow}]-> ${ids.get(to)} ${quoted(verb)} {${tag}\n    technology ${quoted(policy)}\n  }`;
}

function quoted(text: string): string {
  const shown = text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  return `"${shown.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
}
