/** The pills on lines: all that is known, or, while something fails, the policy alone, for that is what decides. */
import type { PictureEdge, Shape, Sketch } from "../protocol/scene.ts";

type Marks = NonNullable<PictureEdge["marks"]>;

export function pillOf(marks: Marks, isFailing: boolean): Omit<Sketch, "tip"> {
  return { shape: isFailing && marks.counted > 0 ? withoutCount(marks) : marks.shape, signs: [], large: [], details: [] };
}

/** Narrower by the number of findings, and in the same place. */
function withoutCount({ shape, width, counted }: Marks): Shape {
  const { class: name = "" } = shape.attributes;
  if (counted >= width) return { ...shape, attributes: { class: name }, children: [] };
  const left = (shape.children ?? []).filter((child) => !String(child.attributes["class"]).startsWith("badge"));
  const narrowed = left.map((child) => (child.attributes["class"] === "chip" ? { ...child, attributes: { ...child.attributes, width: width - counted } } : child));
  return { ...shape, attributes: { class: name, transform: `translate(${counted / 2} 0)` }, children: narrowed };
}
