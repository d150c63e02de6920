/** The whole sheet in a corner, with the part that is in sight. A press goes there. */
import type { Picture } from "../protocol/scene.ts";
import type { Extent, View } from "./camera.ts";
import { html, svgElement } from "./render.ts";

export class Minimap {
  readonly #svg = svgElement("svg", { class: "fl" });
  readonly #things = svgElement("g");
  readonly #sight = svgElement("rect", { class: "sight" });
  // Keys move the map itself: for whoever does not see it, this adds nothing.
  readonly element = html("div", { class: "minimap", "aria-hidden": "true" }, this.#svg);

  #sheet = { x: 0, y: 0, width: 0, height: 0 };

  constructor(goTo: (x: number, y: number) => void) {
    this.#svg.append(this.#things, this.#sight);
    const go = (event: PointerEvent): void => {
      const matrix = this.#svg instanceof SVGGraphicsElement ? this.#svg.getScreenCTM() : null;
      if (matrix === null) return;
      const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      goTo(x, y);
    };
    this.#svg.addEventListener("pointerdown", (event) => {
      this.#svg.setPointerCapture(event.pointerId);
      go(event);
    });
    this.#svg.addEventListener("pointermove", (event) => {
      if (event.buttons === 1) go(event);
    });
  }

  show({ x, y, width, height, nodes }: Picture, hidden: ReadonlySet<string>): void {
    this.#sheet = { x, y, width, height };
    this.#svg.setAttribute("viewBox", `${x - 20} ${y - 20} ${width + 40} ${height + 40}`);
    this.#things.replaceChildren(
      ...nodes.filter(({ id }) => !hidden.has(id)).map((node) => svgElement("rect", { class: `dot ${node.kind} ${node.severity}`, x: node.x - node.width / 2, y: node.y - node.height / 2, width: node.width, height: node.height })),
    );
  }

  /** Where all of the sheet is in sight it would only stand in the way. */
  look({ x, y, scale }: View, { width, height }: Extent): void {
    const { x: left, y: top, width: wide, height: high } = this.#sheet;
    const isAllSeen = left * scale + x > -5 && top * scale + y > -5 && (left + wide) * scale + x < width + 5 && (top + high) * scale + y < height + 5;
    this.element.classList.toggle("needless", isAllSeen);
    if (isAllSeen) return;
    for (const [name, value] of Object.entries({ x: -x / scale, y: -y / scale, width: width / scale, height: height / scale })) this.#sight.setAttribute(name, String(value));
  }
}
