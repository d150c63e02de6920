import type { Shape, ShapeTag } from "../protocol/scene.ts";

export type Attributes = Shape["attributes"];

export function group(attributes: Attributes, ...children: readonly Shape[]): Shape {
  return { tag: "g", attributes, children };
}

export function shape(tag: ShapeTag, attributes: Attributes): Shape {
  return { tag, attributes };
}

export function path(name: string, d: string): Shape {
  return shape("path", { class: name, d });
}

/** Text around `x`, its middle on `y`. */
export function label(name: string, x: number, y: number, text: string, anchor: "middle" | "start" = "middle"): Shape {
  return { tag: "text", attributes: { class: name, x, y: y + 4, "text-anchor": anchor }, text };
}

export function title(text: string): Shape {
  return { tag: "title", attributes: {}, text };
}
