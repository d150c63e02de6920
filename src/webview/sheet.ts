/**
 * The drawing on the page. It lies on a layer of its own that moves as a whole: moving the map draws nothing anew. While it is being
 * zoomed the layer is stretched, and drawn sharp once that rests. Of each thing as much is drawn as can be seen from where one looks.
 */
import type { Picture } from "../protocol/scene.ts";
import type { Extent, View } from "./camera.ts";
import { Hits, type Hit } from "./hits.ts";
import { landmarksOf } from "./landmarks.ts";
import { isTight, nearnessOf, type Nearness } from "./nearness.ts";
import { pillOf } from "./pills.ts";
import { html, svgElement } from "./render.ts";
import { Thing } from "./thing.ts";

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

/** A scale that changes again so soon is still changing. */
const restMs = 140;
/** At this scale the words of the failure view are as large as they are drawn; below it they grow, so many times at most. */
const [readableNote, largestNote] = [0.8, 2.4];
/** How far around the window things are drawn ahead, in windows. */
const ahead = 1;

export class Sheet {
  readonly element: HTMLElement;
  readonly #svg: SVGElement;
  readonly #scaled = svgElement("g");
  readonly #layers = { groups: svgElement("g"), edges: svgElement("g"), pills: svgElement("g"), nodes: svgElement("g"), landmarks: svgElement("g", { class: "landmarks" }), notes: svgElement("g", { class: "notes" }) };
  readonly #things = new Map<string, Thing>();
  readonly #pills = new Map<string, Thing>();
  #picture: Picture | undefined;
  #marks: Marks | undefined;
  #hovered: string | undefined;
  #view: View = { x: 0, y: 0, scale: 1 };
  #extent: Extent = { width: 0, height: 0 };
  /** The scale that is drawn; the layer is stretched by what is missing. */
  #scale = 1;
  #scaledAt = -Infinity;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Where the window stood when things were last drawn ahead. */
  #drawnFor: View | undefined;

  constructor() {
    // The tree beside it says the same in words.
    this.#svg = svgElement("svg", { class: "fl sheet", "aria-hidden": "true" });
    this.#scaled.append(this.#layers.groups, this.#layers.edges, this.#layers.pills, this.#layers.nodes, this.#layers.landmarks, this.#layers.notes);
    this.#svg.append(this.#scaled);
    this.element = html("div", { class: "moving" });
    this.element.append(this.#svg);
  }

  show(picture: Picture): void {
    const { nodes, edges, groups } = picture;
    const ids = new Set([...nodes, ...edges, ...groups].map(({ id }) => id));
    for (const things of [this.#things, this.#pills])
      for (const [id, { element }] of things) {
        if (ids.has(id)) continue;
        element.remove();
        things.delete(id);
      }
    const places = new Map(this.#picture?.nodes.map((node) => [node.id, node]));
    this.#picture = picture;
    this.#hits = undefined;
    for (const group of groups) this.#place(group, this.#layers.groups);
    for (const edge of edges) {
      this.#place(edge, this.#layers.edges);
      const pill = this.#pills.get(edge.id);
      if (edge.marks !== undefined) pill?.become(pillOf(edge.marks, this.#isFailing));
      else if (pill !== undefined) {
        pill.element.remove();
        this.#pills.delete(edge.id);
      }
    }
    for (const node of nodes) {
      const thing = this.#place(node, this.#layers.nodes);
      const { x, y } = places.get(node.id) ?? node;
      if ((x !== node.x || y !== node.y) && isMoving()) thing.glideFrom(x - node.x, y - node.y);
    }
    this.#drawnFor = undefined;
  }

  look(view: View, extent: Extent): void {
    const now = performance.now();
    const isZooming = view.scale !== this.#view.scale && now - this.#scaledAt < restMs;
    if (view.scale !== this.#view.scale) this.#scaledAt = now;
    this.#view = view;
    this.#extent = extent;
    const isResting = this.#timer === undefined;
    if (isZooming || (!isResting && view.scale !== this.#scale)) {
      if (isZooming) clearTimeout(this.#timer);
      if (isZooming || isResting) this.#timer = setTimeout(() => this.#settle(), restMs);
    } else if (view.scale !== this.#scale || this.#drawnFor === undefined) return this.#settle();
    this.#move();
    this.#drawAheadSoon();
  }

  /** Draws the scale that one looks at. */
  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { scale } = this.#view;
    if (this.#scale !== scale || !this.#scaled.hasAttribute("transform")) this.#scaled.setAttribute("transform", `scale(${scale})`);
    this.#scale = scale;
    const near = nearnessOf(scale);
    this.#svg.classList.toggle("far", near !== "near");
    this.#svg.classList.toggle("afar", near === "afar");
    this.#svg.classList.toggle("tight", isTight(scale));
    this.#svg.style.setProperty("--fl-grown", String(Math.min(largestNote, Math.max(1, readableNote / scale))));
    this.#fill(near, 0);
    this.#move();
    this.#drawnFor = undefined;
    this.#drawAheadSoon();
    this.#nameLandmarksSoon();
  }

  /** Names over what is too small to hold its own. */
  #nameLandmarksSoon(): void {
    if (this.#isNaming) return;
    this.#isNaming = true;
    requestIdleCallback(() => {
      this.#isNaming = false;
      const [picture, scale] = [this.#picture, this.#scale];
      if (picture === undefined || nearnessOf(scale) !== "afar") return this.#layers.landmarks.replaceChildren();
      const { hidden, lit, active, found } = this.#marks ?? {};
      const isSeen = (id: string): boolean => hidden?.has(id) !== true && lit?.has(id) !== false;
      const all = landmarksOf(picture, scale, isSeen, new Set([...(found ?? []), ...(active === undefined ? [] : [active])]));
      this.#layers.landmarks.replaceChildren(...all.map(({ x, y, text }) => {
        const name = svgElement("text", { transform: `translate(${x} ${y}) scale(${1 / scale})`, y: 4, "text-anchor": "middle" });
        name.append(document.createTextNode(text));
        return name;
      }));
    }, { timeout: 200 });
  }
  #isNaming = false;

  #move(): void {
    const { x, y, scale } = this.#view;
    // Whole pixels keep what rests sharp.
    this.element.style.transform = scale === this.#scale ? `translate(${Math.round(x)}px, ${Math.round(y)}px)` : `translate(${x}px, ${y}px) scale(${scale / this.#scale})`;
  }

  /** What comes into the window next is drawn while there is time. */
  #drawAheadSoon(): void {
    const [{ x, y }, { width, height }, before] = [this.#view, this.#extent, this.#drawnFor];
    if (before !== undefined && Math.abs(x - before.x) < (width * ahead) / 2 && Math.abs(y - before.y) < (height * ahead) / 2) return;
    this.#drawnFor = this.#view;
    requestIdleCallback(() => this.#fill(nearnessOf(this.#scale), ahead), { timeout: 200 });
  }

  /** Draws what can be seen of everything in the window, and so many windows around it. */
  #fill(near: Nearness, around: number): void {
    const picture = this.#picture;
    if (picture === undefined || near === "afar") return;
    const [{ x, y, scale }, { width, height }] = [this.#view, this.#extent];
    const [left, top] = [(-x - around * width) / scale, (-y - around * height) / scale];
    const [right, bottom] = [left + ((1 + 2 * around) * width) / scale, top + ((1 + 2 * around) * height) / scale];
    const isInside = (box: { readonly x: number; readonly y: number; readonly width?: number; readonly height?: number }): boolean => {
      const [w, h] = [(box.width ?? 40) / 2, (box.height ?? 40) / 2];
      return box.x + w > left && box.x - w < right && box.y + h > top && box.y - h < bottom;
    };
    const inside = new Set<string>();
    for (const thing of [...picture.groups, ...picture.nodes]) {
      if (!isInside(thing)) continue;
      inside.add(thing.id);
      this.#things.get(thing.id)?.fill(near);
    }
    for (const edge of picture.edges) {
      const isMiddleInside = isInside(edge);
      if (isMiddleInside || inside.has(edge.to)) this.#things.get(edge.id)?.fill(near);
      if (near !== "near" || !isMiddleInside || edge.marks === undefined || this.#pills.has(edge.id)) continue;
      const pill = new Thing(edge.id, pillOf(edge.marks, this.#isFailing));
      if (this.#marks !== undefined) pill.wear(this.#classesOf(edge.id, this.#marks));
      this.#layers.pills.append(pill.element);
      this.#pills.set(edge.id, pill);
    }
  }

  /** Words over the drawing, in place of those before. */
  note(notes: readonly SVGElement[]): void {
    this.#layers.notes.replaceChildren(...notes);
  }

  /** Marks the active thing, what was found, and hides or fades the rest. */
  mark(marks: Marks): void {
    const wasFailing = this.#isFailing;
    this.#marks = marks;
    if (this.#isFailing !== wasFailing) for (const { id, marks: row } of this.#picture?.edges ?? []) if (row !== undefined) this.#pills.get(id)?.become(pillOf(row, !wasFailing));
    for (const things of [this.#things, this.#pills]) for (const thing of things.values()) thing.wear(this.#classesOf(thing.id, marks));
    if (nearnessOf(this.#scale) === "afar") this.#nameLandmarksSoon();
    for (const id of [...marks.here, ...(marks.active === undefined ? [] : [marks.active])]) this.#things.get(id)?.underline();
  }

  get #isFailing(): boolean {
    return (this.#marks?.states.size ?? 0) > 0;
  }

  /** What stands at a point of the window. */
  at(point: { readonly x: number; readonly y: number }): Hit | undefined {
    if (this.#picture === undefined) return undefined;
    this.#hits ??= new Hits(this.#picture);
    const { x, y, scale } = this.#view;
    return this.#hits.at({ x: (point.x - x) / scale, y: (point.y - y) / scale }, scale, this.#marks?.hidden ?? new Set());
  }
  #hits: Hits | undefined;

  /** Marks what the pointer is over. */
  hover(id: string | undefined): void {
    const before = this.#hovered;
    if (before === id) return;
    this.#hovered = id;
    for (const one of [before, id]) {
      if (one === undefined || this.#marks === undefined) continue;
      for (const things of [this.#things, this.#pills]) things.get(one)?.wear(this.#classesOf(one, this.#marks));
    }
  }

  #classesOf(id: string, { active, found, hidden, lit, here, states }: Marks): string {
    return `${id === active ? " active" : ""}${id === this.#hovered ? " hover" : ""}${found.has(id) ? " found" : ""}${hidden.has(id) ? " hidden" : ""}${lit !== undefined && !lit.has(id) ? " faded" : ""}${here.has(id) ? " here" : ""}${states.get(id) ?? ""}`;
  }

  #place(sketch: Picture["nodes" | "edges" | "groups"][number], parent: SVGElement): Thing {
    const { id } = sketch;
    const known = this.#things.get(id);
    if (known !== undefined && known.element.parentNode === parent) {
      known.become(sketch);
      return known;
    }
    // A group that was folded is a node; opened, it is a frame.
    known?.element.remove();
    const thing = new Thing(id, sketch);
    parent.append(thing.element);
    this.#things.set(id, thing);
    return thing;
  }
}

/** Whether somebody wants to see things move. */
function isMoving(): boolean {
  return !document.body.classList.contains("vscode-reduce-motion") && !matchMedia("(prefers-reduced-motion: reduce)").matches;
}
