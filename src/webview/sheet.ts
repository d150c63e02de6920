/** The drawing on the page: nodes and edges as elements that stay while their ids do, so that they can glide. */
import type { Picture, PictureEdge, PictureNode, Shape } from "../protocol/scene.ts";
import type { View } from "./camera.ts";
import { drawn, svgElement } from "./render.ts";

interface Drawn {
  readonly element: SVGElement;
  json: string;
}

export class Sheet {
  readonly svg: SVGElement;
  readonly #moving: SVGElement;
  readonly #edges: SVGElement;
  readonly #nodes: SVGElement;
  readonly #known = new Map<string, Drawn>();

  constructor() {
    // The tree beside it says the same in words.
    this.svg = svgElement("svg", { class: "fl sheet", "aria-hidden": "true" });
    this.#moving = svgElement("g", { class: "moving" });
    this.#edges = svgElement("g");
    this.#nodes = svgElement("g");
    this.#moving.append(this.#edges, this.#nodes);
    this.svg.append(this.#moving);
  }

  show({ nodes, edges }: Picture): void {
    const ids = new Set([...nodes, ...edges].map(({ id }) => id));
    for (const [id, { element }] of this.#known) {
      if (ids.has(id)) continue;
      element.remove();
      this.#known.delete(id);
    }
    for (const edge of edges) this.#place(edge, edge.shape, this.#edges);
    for (const node of nodes) {
      const element = this.#place(node, node.shape, this.#nodes);
      element.style.transform = `translate(${node.x}px, ${node.y}px)`;
    }
  }

  look({ x, y, scale }: View): void {
    this.#moving.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
  }

  /** Marks the active thing, what it touches, what was found, and fades what is out of focus. */
  mark(marks: { readonly active: string | undefined; readonly found: ReadonlySet<string>; readonly lit: ReadonlySet<string> | undefined }): void {
    for (const [id, { element }] of this.#known) {
      element.classList.toggle("active", id === marks.active);
      element.classList.toggle("found", marks.found.has(id));
      element.classList.toggle("faded", marks.lit !== undefined && !marks.lit.has(id));
    }
  }

  /** The id of what was clicked. */
  idAt(target: EventTarget | null): string | undefined {
    return target instanceof Element ? (target.closest<SVGElement>("[data-id]")?.dataset["id"] ?? undefined) : undefined;
  }

  #place({ id }: PictureNode | PictureEdge, shape: Shape, parent: SVGElement): SVGElement {
    const json = JSON.stringify(shape);
    const known = this.#known.get(id);
    if (known !== undefined) {
      if (known.json !== json) known.element.replaceChildren(drawn(shape));
      known.json = json;
      return known.element;
    }
    const element = svgElement("g", { class: "thing" });
    element.dataset["id"] = id;
    element.append(drawn(shape));
    parent.append(element);
    this.#known.set(id, { element, json });
    return element;
  }
}
