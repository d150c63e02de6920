/** Draws the model: scene, layout, picture, and the files made of them. Pure, save that the layout's library loads itself. */
export { joinedScene, sceneOf } from "./scene.ts";
export { layoutOf, type Layout } from "./layout.ts";
export { pictureOf } from "./picture.ts";
export { svgOf } from "./svg.ts";
export { mermaidOf } from "./mermaid.ts";
export { failureSystemOf, joinedSystem, simulate, type FailureSystem } from "./failure/index.ts";
