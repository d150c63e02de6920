/** Draws the model: scene, layout, picture, and the files made of them. Pure, save that the layout's library loads itself. */
export { sceneOf } from "./scene.ts";
export { joinedWorld, worldOf, type World } from "./world.ts";
export { shownScene, type Shown } from "./levels.ts";
export { describe, thingsAt, type Described } from "./describe.ts";
export { foldedScene, mostNodes } from "./fold.ts";
export { layoutOf, type Layout } from "./layout.ts";
export { pictureOf } from "./picture.ts";
export { svgOf } from "./svg.ts";
export { mermaidOf } from "./mermaid.ts";
export { failureSystemOf, joinedSystem, simulate, type FailureSystem } from "./failure/index.ts";
export { exportedScene } from "./export.ts";
export { filteredScene, sceneKinds, unknownNames, type SceneFilter } from "./filter.ts";
export { sceneFormatNames, sceneFormats, type SceneFormat } from "../protocol/scene-formats.ts";
export { c4PlantUmlOf } from "./c4-plantuml.ts";
export { likec4Of } from "./likec4.ts";
export { structurizrOf } from "./structurizr.ts";
