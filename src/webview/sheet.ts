/** The drawing on the page: frames, edges and nodes as elements that stay while their ids do, so that they can glide. */
import type { Picture, Shape } from "../protocol/scene.ts";
import type { View } from "./camera.ts";
import { drawn, svgElement } from "./render.ts";

interface Drawn {
  /** What it is part of. */
  readonly id: string;
  readonly element: SVGElement;
  json: string;
  classes: string;
}

export interface Marks {
  readonly active: string | undefined;
  readonly found: ReadonlySet<string>;
  readonly hidden: ReadonlySet<string>;
  /** What stays bright; undefined where nothing is faded. */
  readonly lit: ReadonlySet<string> | undefined;
  /** What the cursor in the code stands on, and its service. */
  readonly here: ReadonlySet<string>;
  /** Further classes, of the failure view. */
  readonly states: ReadonlyMap<string, string>;
}

/** Below this nobody reads the small print: names grow, details and chips go. */
const farScale = 0.5;

export class Sheet {
  readonly svg: SVGElement;
  readonly #moving = svgElement("g", { class: "moving" });
  readonly #layers = { groups: svgElement("g"), edges: svgElement("g"), marks: svgElement("g"), nodes: svgElement("g"), notes: svgElement("g", { class: "notes" }) };
  readonly #known = new Map<string, Drawn>();
  #isFar = false;

  constructor() {
    // The tree beside it says the same in words.
    this.svg = svgElement("svg", { class: "fl sheet", "aria-hidden": "true" });
    this.#moving.append(this.#layers.groups, this.#layers.edges, this.#layers.marks, this.#layers.nodes, this.#layers.notes);
    this.svg.append(this.#moving);
  }

  show({ nodes, edges, groups }: Picture): void {
    const keys = new Set([...nodes, ...edges, ...groups].map(({ id }) => id));
    for (const { id, marks } of edges) if (marks !== undefined) keys.add(marksOf(id));
    for (const [key, { element }] of this.#known) {
      if (keys.has(key)) continue;
      element.remove();
      this.#known.delete(key);
    }
    for (const group of groups) moveTo(this.#place(group, this.#layers.groups), group);
    for (const edge of edges) {
      this.#place(edge, this.#layers.edges);
      if (edge.marks !== undefined) this.#place({ id: edge.id, shape: edge.marks }, this.#layers.marks, marksOf(edge.id));
    }
    for (const node of nodes) moveTo(this.#place(node, this.#layers.nodes), node);
  }

  look({ x, y, scale }: View): void {
    this.#moving.setAttribute("transform", `translate(${x} ${y}) scale(${scale})`);
    const isFar = scale < farScale;
    if (isFar !== this.#isFar) this.svg.classList.toggle("far", isFar);
    this.#isFar = isFar;
  }

  /** Words over the drawing, in place of those before. */
  note(notes: readonly SVGElement[]): void {
    this.#layers.notes.replaceChildren(...notes);
  }

  /** Marks the active thing, what was found, and hides or fades the rest. Only what differs is touched. */
  mark({ active, found, hidden, lit, here, states }: Marks): void {
    for (const known of this.#known.values()) {
      const { id } = known;
      const classes = ["thing", id === active ? " active" : "", found.has(id) ? " found" : "", hidden.has(id) ? " hidden" : "", lit !== undefined && !lit.has(id) ? " faded" : "", here.has(id) ? " here" : "", states.get(id) ?? ""].join("");
      if (known.classes !== classes) known.element.setAttribute("class", classes);
      known.classes = classes;
    }
  }

  /** The id of what was pressed, and whether the sign that opens or folds it was. */
  at(target: EventTarget | null): { readonly id: string; readonly isOpener: boolean } | undefined {
    if (!(target instanceof Element)) return undefined;
    const id = target.closest<SVGElement>("[data-id]")?.dataset["id"];
    return id === undefined ? undefined : { id, isOpener: target.closest(".opener, .caption, .grip") !== null };
  }

  #place({ id, shape }: { readonly id: string; readonly shape: Shape }, parent: SVGElement, key = id): SVGElement {
    const json = JSON.stringify(shape);
    const known = this.#known.get(key);
    if (known !== undefined && known.element.parentNode === parent) {
      if (known.json !== json) known.element.replaceChildren(drawn(shape));
      known.json = json;
      return known.element;
    }
    // A group that was folded is a node; opened, it is a frame.
    known?.element.remove();
    const element = svgElement("g", { class: "thing" });
    element.dataset["id"] = id;
    element.append(drawn(shape));
    parent.append(element);
    this.#known.set(key, { id, element, json, classes: "thing" });
    return element;
  }
}

/** No id has a NUL in it. */
function marksOf(edge: string): string {
  return `${edge}\u0000marks`;
}

function moveTo(element: SVGElement, { x, y }: { readonly x: number; readonly y: number }): void {
  element.style.transform = `translate(${x}px, ${y}px)`;
}
