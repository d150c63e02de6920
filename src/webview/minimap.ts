/** The whole sheet in a corner, with the part that is in sight. A press goes there. */
import type { Picture } from "../protocol/scene.ts";
import type { Extent, View } from "./camera.ts";
import { html, svgElement } from "./render.ts";

const rim = 20;

export class Minimap {
  readonly #svg = svgElement("svg", { class: "fl" });
  readonly #sight = html("div", { class: "sight" });
  // Keys move the map itself: for whoever does not see it, this adds nothing.
  readonly element = html("div", { class: "minimap", "aria-hidden": "true" }, this.#svg, this.#sight);
  #size: Extent = { width: 0, height: 0 };
  #looked: readonly [View, Extent] | undefined;
  #sheet = { x: 0, y: 0, width: 0, height: 0 };

  constructor(goTo: (x: number, y: number) => void) {
    const go = ({ clientX, clientY }: PointerEvent): void => {
      const { left, top } = this.element.getBoundingClientRect();
      const { scale, x, y } = this.#fit;
      goTo((clientX - left - x) / scale, (clientY - top - y) / scale);
    };
    this.element.addEventListener("pointerdown", (event) => {
      this.element.setPointerCapture(event.pointerId);
      go(event);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (event.buttons === 1) go(event);
    });
    new ResizeObserver(() => {
      this.#size = { width: this.element.clientWidth, height: this.element.clientHeight };
      this.#draw();
    }).observe(this.element);
  }

  /** Where the corner of the sheet stands in the element, and how small it is. */
  get #fit(): View {
    const [{ width, height }, sheet] = [this.#size, this.#sheet];
    const scale = Math.min(width / (sheet.width + 2 * rim), height / (sheet.height + 2 * rim)) || 1;
    return { scale, x: width / 2 - (sheet.x + sheet.width / 2) * scale, y: height / 2 - (sheet.y + sheet.height / 2) * scale };
  }

  show({ x, y, width, height, nodes }: Picture, hidden: ReadonlySet<string>): void {
    this.#sheet = { x, y, width, height };
    this.#svg.setAttribute("viewBox", `${x - rim} ${y - rim} ${width + 2 * rim} ${height + 2 * rim}`);
    // One path for all nodes that look alike.
    const paths = new Map<string, string>();
    for (const node of nodes) {
      if (hidden.has(node.id)) continue;
      const alike = `dot ${node.kind} ${node.severity}`;
      paths.set(alike, `${paths.get(alike) ?? ""}M${node.x - node.width / 2} ${node.y - node.height / 2}h${node.width}v${node.height}h${-node.width}z`);
    }
    this.#svg.replaceChildren(...[...paths].map(([alike, d]) => svgElement("path", { class: alike, d })));
    this.#draw();
  }

  look(view: View, extent: Extent): void {
    this.#looked = [view, extent];
    this.#draw();
  }

  /** Where all of the sheet is in sight it would only stand in the way. */
  #draw(): void {
    if (this.#looked === undefined) return;
    const [{ x, y, scale }, { width, height }] = this.#looked;
    const { x: left, y: top, width: wide, height: high } = this.#sheet;
    const isAllSeen = left * scale + x > -5 && top * scale + y > -5 && (left + wide) * scale + x < width + 5 && (top + high) * scale + y < height + 5;
    this.element.classList.toggle("needless", isAllSeen);
    if (isAllSeen) return;
    const fit = this.#fit;
    const by = fit.scale / scale;
    this.#sight.style.transform = `translate(${fit.x - x * by}px, ${fit.y - y * by}px)`;
    const [w, h] = [`${Math.round(width * by)}px`, `${Math.round(height * by)}px`];
    if (this.#sight.style.width !== w) this.#sight.style.width = w;
    if (this.#sight.style.height !== h) this.#sight.style.height = h;
  }
}
