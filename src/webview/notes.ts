import type { Overlay } from "./overlay.ts";
import { svgElement } from "./render.ts";

/** The notes as a layer of the drawing. */
export function drawnNotes({ notes }: Overlay): readonly SVGElement[] {
  return notes.map(({ x, y, text, tone }) => {
    const width = text.length * 6.6 + 16;
    const note = svgElement("g", { class: `note ${tone}`, transform: `translate(${x} ${y})` });
    const label = svgElement("text", { x: 0, y: 10, "text-anchor": "middle" });
    label.append(document.createTextNode(text));
    const inner = svgElement("g", { class: "inner" });
    inner.append(svgElement("rect", { x: -width / 2, y: -3, width, height: 18, rx: 3 }), label);
    note.append(inner);
    return note;
  });
}
