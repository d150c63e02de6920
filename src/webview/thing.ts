/** One node, edge, frame or pill on the sheet: an element that stays while its id does, and is drawn as far as it can be seen. */
import type { Sketch } from "../protocol/scene.ts";
import { nearnesses, type Nearness } from "./nearness.ts";
import { drawn, svgElement } from "./render.ts";

const glideMs = 200;

export type Drawing = Pick<Sketch, "shape" | "signs" | "large" | "details">;

export class Thing {
  readonly id: string;
  readonly element: SVGElement;
  #drawing: Drawing;
  #near: Nearness = "afar";
  #states = "";

  constructor(id: string, drawing: Drawing) {
    this.id = id;
    this.#drawing = drawing;
    this.element = drawn(drawing.shape);
    this.element.setAttribute("class", this.#classes);
  }

  /** Draws what is seen from so near; what has been drawn stays. */
  fill(near: Nearness): void {
    if (nearnesses.indexOf(near) <= nearnesses.indexOf(this.#near)) return;
    const { signs, large, details } = this.#drawing;
    if (this.#near === "afar") this.element.append(...large.map(drawn), ...signs.map(drawn));
    if (near === "near") this.element.append(...details.map(drawn));
    this.#near = near;
  }

  become(drawing: Drawing): void {
    const before = this.#drawing;
    this.#drawing = drawing;
    if (written(before) === written(drawing)) return;
    const near = this.#near;
    this.#near = "afar";
    this.element.replaceChildren(...(drawing.shape.children ?? []).map(drawn));
    const moved = drawing.shape.attributes["transform"];
    if (moved === undefined) this.element.removeAttribute("transform");
    else this.element.setAttribute("transform", String(moved));
    this.element.setAttribute("class", this.#classes);
    this.fill(near);
  }

  /** Only what differs is touched. */
  wear(states: string): void {
    if (this.#states === states) return;
    this.#states = states;
    this.element.setAttribute("class", this.#classes);
  }

  get #classes(): string {
    return `thing ${this.#drawing.shape.attributes["class"] ?? ""}${this.#states}`;
  }

  /** Has been drawn at another place: it glides there from where it stood. */
  glideFrom(dx: number, dy: number): void {
    this.element.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], { duration: glideMs, easing: "ease-out" });
  }

  /** A band under its line, where it has one. */
  underline(): void {
    const line = this.element.querySelector(":scope > .line");
    if (line === null || this.element.querySelector(":scope > .band") !== null) return;
    this.element.prepend(svgElement("path", { class: "band", d: line.getAttribute("d") ?? "" }));
  }
}

function written({ shape, signs, large, details }: Drawing): string {
  return JSON.stringify([shape, signs, large, details]);
}
