import type { SceneFormat } from "../protocol/scene-formats.ts";
import type { Scene } from "../protocol/scene.ts";
import { c4PlantUmlOf } from "./c4-plantuml.ts";
import { withoutFrameEnds } from "./folder-frames.ts";
import { layoutOf, type Layout } from "./layout.ts";
import { likec4Of } from "./likec4.ts";
import { mermaidOf } from "./mermaid.ts";
import { pictureOf } from "./picture.ts";
import { structurizrOf } from "./structurizr.ts";
import { svgOf } from "./svg.ts";

/** The scene as the text of a file. For a drawing, `layout` is the one on the screen; without it, one is made. */
export async function exportedScene(scene: Scene, format: SceneFormat, layout?: Layout): Promise<string> {
  switch (format) {
    case "svg":
      return svgOf(pictureOf(scene, layout ?? (await layoutOf(scene))));
    case "mermaid":
      return mermaidOf(withoutFrameEnds(scene));
    case "structurizr":
      return structurizrOf(withoutFrameEnds(scene));
    case "c4":
      return c4PlantUmlOf(withoutFrameEnds(scene));
    case "likec4":
      return likec4Of(withoutFrameEnds(scene));
    case "json":
      return `${JSON.stringify(scene, null, 2)}\n`;
  }
}
