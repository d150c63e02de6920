/** The elements of the page around the drawing. */
import type { Picture } from "../protocol/scene.ts";
import type { Extent } from "./camera.ts";
import { bindings } from "./keys.ts";
import { Outline } from "./outline.ts";
import { drawn, html, svgElement } from "./render.ts";
import { Sheet } from "./sheet.ts";

export class Frame {
  readonly root: HTMLElement;
  readonly sheet = new Sheet();
  readonly outline = new Outline();
  readonly searchBox = html("input", { type: "search", placeholder: "Search ( / )", "aria-label": "Search services, stores and channels" });
  readonly buttons: Readonly<Record<"fit" | "in" | "out" | "outline" | "svg" | "mermaid" | "help", HTMLButtonElement>> = {
    fit: button("Fit", "Fit the window (0)"),
    out: button("−", "Zoom out (-)"),
    in: button("+", "Zoom in (+)"),
    outline: button("Outline", "Show or hide the outline (o)"),
    svg: button("SVG", "Export as SVG (x)"),
    mermaid: button("Mermaid", "Export as Mermaid"),
    help: button("?", "Show or hide the keys (?)"),
  };
  readonly help = helpSheet();
  readonly #stage = html("div", { class: "stage" }, this.sheet.svg);
  readonly #empty = html("p", { class: "empty" }, "Reading the workspace…");
  readonly #legend = svgElement("svg", { class: "fl legend", "aria-hidden": "true" });
  readonly #live = html("div", { class: "live", role: "status", "aria-live": "polite" });

  constructor(root: HTMLElement) {
    this.root = root;
    const toolbar = html("div", { class: "toolbar", role: "toolbar", "aria-label": "Map" }, this.searchBox, ...Object.values(this.buttons));
    root.append(toolbar, html("div", { class: "body" }, this.outline.element, this.#stage, this.#empty), this.#legend, this.help, this.#live);
  }

  get stage(): HTMLElement {
    return this.#stage;
  }

  get extent(): Extent {
    return { width: this.#stage.clientWidth, height: this.#stage.clientHeight };
  }

  show(picture: Picture): void {
    this.#empty.hidden = picture.nodes.length > 0;
    this.#empty.textContent = "Nothing distributed was found here.";
    this.sheet.show(picture);
    this.outline.show(picture);
    const { width, height, shape } = picture.legend;
    this.#legend.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.#legend.setAttribute("width", String(width));
    this.#legend.setAttribute("height", String(height));
    this.#legend.replaceChildren(drawn(shape));
  }

  /** To whoever listens. */
  say(text: string): void {
    this.#live.textContent = text;
  }
}

function button(text: string, label: string): HTMLButtonElement {
  return html("button", { type: "button", title: label, "aria-label": label }, text);
}

function helpSheet(): HTMLElement {
  const rows = bindings.map(({ keys, does }) => html("tr", {}, html("th", { scope: "row" }, keys.join(" or ")), html("td", {}, does)));
  const sheet = html("section", { class: "help", "aria-label": "Keys" }, html("table", {}, html("tbody", {}, ...rows)));
  sheet.hidden = true;
  return sheet;
}
