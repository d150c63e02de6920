import type { Scene, SceneEdge, SceneNode } from "../protocol/scene.ts";
import { byFolder } from "./folder-frames.ts";
import { identifiersOf } from "./identifiers.ts";

/** The scene as a C4 container diagram for PlantUML, with the library that comes with it: nothing is loaded from elsewhere. */
export function c4PlantUmlOf(scene: Scene): string {
  const { nodes, edges, groups = [] } = scene;
  const ids = identifiersOf([...nodes, ...groups].map(({ id }) => id));
  return [
    "@startuml",
    "!include <C4/C4_Container>",
    "LAYOUT_TOP_DOWN()",
    'AddRelTag("async", $lineStyle=DashedLine())',
    'AddRelTag("unknown", $lineStyle=DottedLine())',
    'AddRelTag("unprotected", $lineThickness="3")',
    ...byFolder(scene).flatMap(({ folder, nodes: framed }) => {
      const lines = framed.map((node) => element(node, ids.get(node.id) ?? ""));
      return folder === undefined ? lines : [`Boundary(${ids.get(folder.id)}, ${quoted(folder.name || "folder")}) {`, ...lines, "}"];
    }),
    ...edges.map((edge) => relation(edge, ids)),
    "@enduml",
    "",
  ].join("\n");
}

function element({ kind, name, detail }: SceneNode, id: string): string {
  const label = quoted(name || "unnamed");
  switch (kind) {
    case "store":
      return `ContainerDb(${id}, ${label}, ${quoted(detail)})`;
    case "channel":
    case "broker":
      return `ContainerQueue(${id}, ${label}, ${quoted(detail)})`;
    case "external":
    case "unknown":
      return `System_Ext(${id}, ${label}, ${quoted(detail)})`;
    default:
      return `Container(${id}, ${label}, ${quoted(detail)}, ${quoted(kind)})`;
  }
}

function relation({ from, to, flow, verb, marks, isBare }: SceneEdge, ids: ReadonlyMap<string, string>): string {
  const tags = [...(flow === "sync" ? [] : [flow]), ...(isBare ? ["unprotected"] : [])];
  const policy = marks.map(({ text }) => text).join(", ");
  return `Rel(${ids.get(from)}, ${ids.get(to)}, ${quoted(verb)}, ${quoted(policy)}${tags.length === 0 ? "" : `, $tags=${quoted(tags.join("+"), "+")}`})`;
}

/**
 * PlantUML reads variables, functions, comments and markup even between quotes. Letters, digits and a few signs stand for themselves;
 * everything else is written by its number.
 */
function quoted(text: string, alsoPlain = ""): string {
  const shown = text.replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd");
  const written = [...shown].map((sign, at, all) => {
    const isDoubled = sign === all[at - 1] || sign === all[at + 1];
    const isPlain = /[\p{L}\p{N} ]/u.test(sign) || alsoPlain.includes(sign) || (!isDoubled && /[.,:_·→/-]/.test(sign));
    return isPlain ? sign : `<U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}>`;
  });
  return `"${written.join("").trim()}"`;
}
