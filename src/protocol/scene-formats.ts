/** Files that a scene can become, with what a save dialog calls them. */
export const sceneFormats = ["svg", "mermaid", "json", "structurizr", "c4", "likec4"] as const;
export type SceneFormat = (typeof sceneFormats)[number];

export const sceneFormatNames: Readonly<Record<SceneFormat, { readonly title: string; readonly extension: string }>> = {
  svg: { title: "SVG drawing", extension: "svg" },
  mermaid: { title: "Mermaid flowchart", extension: "mmd" },
  json: { title: "JSON", extension: "json" },
  structurizr: { title: "Structurizr DSL", extension: "dsl" },
  c4: { title: "C4 diagram (PlantUML)", extension: "puml" },
  likec4: { title: "LikeC4 model", extension: "c4" },
};
