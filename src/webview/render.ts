/** Shapes to elements. Only tags and attributes that draw are let through, and text stays text. */
import { shapeAttributes, shapeTags, type Shape } from "../protocol/scene.ts";

const namespace = "http://www.w3.org/2000/svg";

export function svgElement(tag: string, attributes: Readonly<Record<string, string | number>> = {}): SVGElement {
  const element = document.createElementNS(namespace, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

const [tags, drawing] = [new Set<string>(shapeTags), new Set<string>(shapeAttributes)];

export function drawn({ tag, attributes, children = [], text }: Shape): SVGElement {
  const element = svgElement(tags.has(tag) ? tag : "g");
  for (const [name, value] of Object.entries(attributes))
    if (drawing.has(name)) element.setAttribute(name, String(value));
  if (text !== undefined) element.append(document.createTextNode(text));
  element.append(...children.map(drawn));
  return element;
}

/** An element of the page around the drawing. */
export function html<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
