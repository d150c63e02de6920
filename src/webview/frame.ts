/** The elements of the page around the drawing. */
import { savedFormats, type SavedFormat } from "../protocol/map.ts";
import type { Picture } from "../protocol/scene.ts";
import type { Extent } from "./camera.ts";
import { bindings } from "./keys.ts";
import { Outline } from "./outline.ts";
import { drawn, html, svgElement } from "./render.ts";
import { Sheet } from "./sheet.ts";

const buttonTexts = {
  filter: ["Filter", "Filter (F)"],
  fit: ["Fit", "Fit the window (0)"],
  out: ["−", "Zoom out (-)"],
  in: ["+", "Zoom in (+)"],
  outline: ["Outline", "Show or hide the outline (o)"],
  failure: ["What if…", "Let the active node fail (w)"],
  export: ["Export", "Export (x)"],
  help: ["?", "Show or hide the keys (?)"],
} as const;
export type ButtonName = keyof typeof buttonTexts;

const formatNames: Readonly<Record<SavedFormat, string>> = { svg: "SVG", png: "PNG", mermaid: "Mermaid", json: "JSON", structurizr: "Structurizr DSL", c4: "C4 PlantUML", likec4: "LikeC4" };

export class Frame {
  readonly root: HTMLElement;
  readonly sheet = new Sheet();
  readonly outline = new Outline();
  readonly buttons: ReadonlyMap<ButtonName, HTMLButtonElement>;
  readonly help = helpSheet();
  readonly exports: HTMLElement;
  readonly crumbs = html("nav", { class: "crumbs", "aria-label": "Level" });
  readonly chips = html("div", { class: "chips" });
  readonly stage = html("div", { class: "stage" }, this.sheet.element, html("div", { class: "glass" }));
  readonly #empty = html("p", { class: "empty" }, "Reading the workspace…");
  readonly #legend = html("ul", { class: "legend", "aria-label": "Legend" });
  readonly #live = html("div", { class: "spoken", role: "status", "aria-live": "polite" });
  #legendJson = "";

  constructor(root: HTMLElement, parts: { readonly search: HTMLElement; readonly filters: HTMLElement; readonly details: HTMLElement; readonly failure: HTMLElement; readonly minimap: HTMLElement }, exportAs: (format: SavedFormat) => void) {
    this.root = root;
    const buttons = (Object.keys(buttonTexts) as ButtonName[]).map((name) => [name, button(buttonTexts[name][0], buttonTexts[name][1])] as const);
    this.buttons = new Map(buttons);
    this.exports = html("section", { class: "popover exports", "aria-label": "Export what is shown", tabindex: "-1" }, ...savedFormats.map((format) => exportButton(format, exportAs)));
    this.exports.hidden = true;
    const tools = html("div", { class: "tools", role: "toolbar", "aria-label": "Map" }, ...buttons.map(([, element]) => element));
    roving(tools);
    root.append(
      html("div", { class: "bar" }, this.crumbs, parts.search, tools),
      this.chips,
      html("div", { class: "body" }, this.outline.element, html("div", { class: "middle" }, this.stage, parts.minimap, this.#empty), parts.details, parts.filters, this.exports, this.help),
      parts.failure,
      this.#legend,
      this.#live,
    );
  }

  /** The size of the stage as it was last laid out: asking for that of now would lay everything out. */
  get extent(): Extent {
    if (this.#extent.width === 0) this.measure();
    return this.#extent;
  }
  #extent: Extent = { width: 0, height: 0 };

  measure(): void {
    this.#extent = { width: this.stage.clientWidth, height: this.stage.clientHeight };
  }

  show(picture: Picture): void {
    this.#empty.hidden = picture.nodes.length > 0;
    this.#empty.textContent = "Nothing distributed was found here.";
    this.sheet.show(picture);
    const json = JSON.stringify(picture.legend);
    if (json === this.#legendJson) return;
    this.#legendJson = json;
    this.#legend.replaceChildren(
      ...picture.legend.entries.map(({ width, shape, text }) => {
        const sample = svgElement("svg", { class: "fl", viewBox: `-2 -10 ${width + 4} 20`, width: width + 4, height: 20, "aria-hidden": "true" });
        sample.append(drawn(shape));
        return html("li", {}, sample, text);
      }),
    );
  }

  /** To whoever listens. */
  say(text: string): void {
    this.#live.textContent = text;
  }
}

function exportButton(format: SavedFormat, exportAs: (format: SavedFormat) => void): HTMLElement {
  const element = button(formatNames[format], `Export as ${formatNames[format]}`);
  element.addEventListener("click", () => exportAs(format));
  return element;
}

/** One tab stop for the toolbar; arrows walk along it. */
function roving(tools: HTMLElement): void {
  const all = [...tools.querySelectorAll("button")];
  const stop = (at: number): void => all.forEach((one, index) => (one.tabIndex = index === at ? 0 : -1));
  stop(0);
  tools.addEventListener("focusin", ({ target }) => stop(all.findIndex((one) => one === target)));
  tools.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = all.findIndex((one) => one === document.activeElement);
    all[(at + step + all.length) % all.length]?.focus();
  });
}

function button(text: string, label: string): HTMLButtonElement {
  // Who speaks to the page says what stands on the button.
  const name = /[a-z]/i.test(text) && !label.includes(text) ? `${text} ${label}` : label;
  return html("button", { type: "button", title: label, "aria-label": name }, text);
}

function helpSheet(): HTMLElement {
  const rows = bindings.map(({ keys, does }) => html("tr", {}, html("th", { scope: "row" }, keys.map((key) => (key === " " ? "Space" : key)).join(" or ")), html("td", {}, does)));
  const sheet = html("section", { class: "popover help", "aria-label": "Keys", tabindex: "0" }, html("table", {}, html("tbody", {}, ...rows)));
  sheet.hidden = true;
  return sheet;
}
