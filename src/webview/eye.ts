/** Where the page looks at the sheet from: fitting, zooming, panning. */
import type { Box, Picture } from "../protocol/scene.ts";
import { boxAround, fitted, moved, showing, zoomed, type Extent, type View } from "./camera.ts";
import { nearnessOf } from "./nearness.ts";

/** A scale at which everything can be read. */
const readable = 0.85;

type Point = { readonly x: number; readonly y: number };

export interface EyeState {
  readonly camera?: View | undefined;
  /** Nobody has moved the map since it was fitted: it is fitted again when the window changes. */
  readonly isFitted: boolean;
}

export class Eye {
  readonly #extent: () => Extent;
  readonly #moved: (camera: View) => void;
  #camera: View | undefined;
  #isFitted: boolean;
  #sheet: Picture | undefined;
  /** What must stay where it is on the screen while the next picture comes. */
  #anchor: (Point & { readonly id: string }) | undefined;

  constructor(extent: () => Extent, moved: (camera: View) => void, { camera, isFitted }: EyeState) {
    this.#extent = extent;
    this.#moved = moved;
    this.#camera = camera;
    this.#isFitted = isFitted;
  }

  get state(): EyeState {
    return { camera: this.#camera, isFitted: this.#isFitted };
  }

  get shape(): "wide" | "tall" {
    const { width, height } = this.#extent();
    return width > 0 && width < height * 1.1 ? "tall" : "wide";
  }

  /** Another picture: fitted where the last one was, else with the anchor in its place. */
  takeIn(sheet: Picture, find: (id: string) => Point | undefined): void {
    this.#sheet = sheet;
    const anchor = this.#anchor;
    const thing = anchor === undefined ? undefined : find(anchor.id);
    this.#anchor = undefined;
    const camera = this.#camera;
    // What somebody has just opened is to be read: it stays where it is rather than shrink.
    const isShrinking = thing !== undefined && camera !== undefined && nearnessOf(fitted(sheet, this.#extent()).scale) !== "near" && fitted(sheet, this.#extent()).scale < camera.scale;
    if (isShrinking) this.#isFitted = false;
    if (camera === undefined || this.#isFitted) this.fit();
    else if (anchor !== undefined && thing !== undefined) this.#look({ ...camera, x: anchor.x - thing.x * camera.scale, y: anchor.y - thing.y * camera.scale });
    else this.#look(camera);
  }

  anchor(id: string, { x, y }: Point): void {
    const camera = this.#camera;
    if (camera !== undefined) this.#anchor = { id, x: camera.x + x * camera.scale, y: camera.y + y * camera.scale };
  }

  /** The next picture is fitted. */
  fitNext(): void {
    this.#isFitted = true;
    this.#anchor = undefined;
  }

  fit(): void {
    const extent = this.#extent();
    if (this.#sheet === undefined || extent.width === 0) return;
    this.#isFitted = true;
    this.#look(fitted(this.#sheet, extent));
  }

  fitTo(boxes: readonly Box[]): void {
    const box = boxAround(boxes);
    if (box !== undefined) this.#go(fitted(box, this.#extent()));
  }

  /** The least move that shows a point; none where all is in sight. */
  bring(point: Point): void {
    const camera = this.#camera;
    if (camera === undefined || this.#isFitted) return;
    const next = showing(camera, point, this.#extent());
    if (next.x !== camera.x || next.y !== camera.y) this.#go(next);
  }

  /** Brings a point so near that what stands there can be read. */
  approach(point: Point): void {
    const camera = this.#camera;
    if (camera === undefined || nearnessOf(camera.scale) === "near") return this.bring(point);
    this.#camera = { ...camera, scale: readable };
    this.centre(point);
  }

  /** Brings a point of the sheet to the middle. */
  centre({ x, y }: Point): void {
    const { width, height } = this.#extent();
    if (this.#camera !== undefined) this.#go({ ...this.#camera, x: width / 2 - x * this.#camera.scale, y: height / 2 - y * this.#camera.scale });
  }

  zoom(factor: number, at?: Point): void {
    const { width, height } = this.#extent();
    if (this.#camera !== undefined) this.#go(zoomed(this.#camera, factor, at ?? { x: width / 2, y: height / 2 }));
  }

  realSize(): void {
    if (this.#camera !== undefined) this.zoom(1 / this.#camera.scale);
  }

  pan(dx: number, dy: number): void {
    if (this.#camera !== undefined) this.#go(moved(this.#camera, dx, dy));
  }

  resized(): void {
    if (this.#isFitted) this.fit();
    else if (this.#camera !== undefined) this.#look(this.#camera);
  }

  #go(camera: View): void {
    this.#isFitted = false;
    this.#look(camera);
  }

  #look(camera: View): void {
    this.#camera = camera;
    this.#moved(camera);
  }
}
