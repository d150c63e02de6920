import { groupedBy } from "../model/grouped.ts";
import type { Scene, SceneEdge, SceneNode } from "../protocol/scene.ts";
import { byFolder } from "./folder-frames.ts";
import { distinctNames, identifiersOf } from "./identifiers.ts";

/** The scene as a Structurizr workspace: what is ours are containers of one software system, what is outside are software systems. */
export function structurizrOf(scene: Scene): string {
  const { nodes, edges } = scene;
  const inside = nodes.filter((node) => !isOutside(node));
  const outside = nodes.filter(isOutside);
  const ids = identifiersOf(nodes.map(({ id }) => id));
  const names = distinctNames([{ id: "", name: systemName, kind: "system" }, ...inside, ...outside].map((one) => ({ ...one, name: quotable(one.name) || "unnamed" })));
  const declared = (node: SceneNode, keyword: string): readonly string[] => [
    `${ids.get(node.id)} = ${keyword} ${quoted(names.get(node.id) ?? node.name)} ${details(node, keyword)} {`,
    `    properties {`,
    `        "faultline.id" ${quoted(node.id)}`,
    `    }`,
    `}`,
  ];
  return [
    `workspace ${quoted("Recovered by Faultline")} {`,
    `    model {`,
    `        faultline_system = softwareSystem ${quoted(names.get("") ?? systemName)} {`,
    ...byFolder({ ...scene, nodes: inside }).flatMap(({ folder, nodes: framed }) => {
      const lines = framed.flatMap((node) => declared(node, "container"));
      return folder === undefined ? lines : [`group ${quoted(folder.name || "folder")} {`, ...lines.map((text) => `    ${text}`), `}`];
    }).map((text) => `            ${text}`),
    `        }`,
    ...outside.flatMap((node) => declared(node, "softwareSystem")).map((text) => `        ${text}`),
    ...relationships(edges, ids).map((text) => `        ${text}`),
    `    }`,
    `    views {`,
    `        container faultline_system "Containers" {`,
    `            include *`,
    `            autoLayout tb`,
    `        }`,
    ...styles,
    `    }`,
    `}`,
    ``,
  ].join("\n");
}

const systemName = "System";

function isOutside({ kind }: SceneNode): boolean {
  return kind === "external" || kind === "unknown";
}

/** Description and technology of a container, description of a software system, and the kind as a tag. */
function details({ detail, kind }: SceneNode, keyword: string): string {
  return keyword === "container" ? `${quoted(kind)} ${quoted(detail)} ${quoted(kind)}` : `${quoted(detail)} ${quoted(kind)}`;
}

/** Two relationships between the same ends must not have one description. */
function relationships(edges: readonly SceneEdge[], ids: ReadonlyMap<string, string>): readonly string[] {
  const groups = groupedBy(edges, (edge) => [edge.from, edge.to, quotable(edge.verb)].join("\n"));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const marks = [...new Set(group.flatMap(({ marks }) => marks.map(({ text }) => text)))];
    const tags = [...new Set(group.flatMap((edge) => [edge.flow, ...(edge.isBare ? ["unprotected"] : [])]))];
    return [`${ids.get(first.from)} -> ${ids.get(first.to)} ${quoted(first.verb)} ${quoted(marks.join(", "))} ${quoted(tags.join(","))}`];
  });
}

const styles: readonly string[] = [
  `        styles {`,
  ...([["store", "Cylinder"], ["channel", "Pipe"], ["broker", "Pipe"], ["frontend", "WebBrowser"], ["external", "RoundedBox"]] as const).flatMap(([tag, shape]) => [
    `            element ${quoted(tag)} {`,
    `                shape ${shape}`,
    `            }`,
  ]), // prettier-ignore
  `            relationship "sync" {`,
  `                style solid`,
  `            }`,
  `            relationship "async" {`,
  `                style dashed`,
  `            }`,
  `            relationship "unknown" {`,
  `                style dotted`,
  `            }`,
  `            relationship "unprotected" {`,
  `                thickness 4`,
  `            }`,
  `        }`,
];

function quoted(text: string): string {
  return `"${quotable(text)}"`;
}

/**
 * A text between quotes: the language has no way to write a quote that is not also read with its backslash, so the nearest sign stands in;
 * and `${…}` would be replaced by a variable of whoever reads the file.
 */
function quotable(text: string): string {
  return text
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ")
    .replaceAll('"', "'")
    .replaceAll("\\", "/")
    .replaceAll("${", "$ {")
    .trim()
    // Alone between quotes, too, an arrow is taken for the sign of a relationship.
    .replace(/^-\/?>$/, "→");
}
