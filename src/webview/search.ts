/** The search: a box and, while something is typed, the list of what it finds. */
import type { PictureNode } from "../protocol/scene.ts";
import { html } from "./render.ts";

const mostShown = 12;

export interface SearchHost {
  find(query: string): void;
  take(id: string): void;
  leave(): void;
}

export class Search {
  readonly box = html("input", { type: "search", placeholder: "Search ( / )", "aria-label": "Search services, stores, channels and rules", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list" });
  readonly list = html("ul", { role: "listbox", id: "found", class: "popover found", "aria-label": "Found" });
  readonly element = html("div", { class: "search" }, this.box, this.list);
  #found: readonly PictureNode[] = [];
  #at = 0;

  constructor(host: SearchHost) {
    this.list.hidden = true;
    this.box.addEventListener("input", () => {
      this.#at = 0;
      host.find(this.box.value);
    });
    this.box.addEventListener("blur", () => this.#close());
    this.box.addEventListener("focus", () => this.#draw());
    this.box.addEventListener("keydown", (event) => {
      const best = this.#found[this.#at];
      if (event.key === "ArrowDown" || event.key === "ArrowUp") this.#move(event.key === "ArrowDown" ? 1 : -1);
      else if (event.key === "Enter" && best !== undefined) host.take(best.id);
      else if (event.key === "Enter" || event.key === "Escape") host.leave();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const item = event.target instanceof Element ? event.target.closest("li") : null;
      const chosen = this.#found[[...this.list.children].findIndex((one) => one === item)];
      if (chosen !== undefined) host.take(chosen.id);
    });
  }

  show(found: readonly PictureNode[]): void {
    this.#found = found.slice(0, mostShown);
    this.#at = Math.min(this.#at, Math.max(0, this.#found.length - 1));
    this.#draw();
  }

  #move(by: 1 | -1): void {
    if (this.#found.length > 0) this.#at = (this.#at + by + this.#found.length) % this.#found.length;
    this.#draw();
  }

  #draw(): void {
    const isOpen = this.box.value.trim() !== "" && document.activeElement === this.box && this.#found.length > 0;
    this.list.hidden = !isOpen;
    this.box.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) this.box.setAttribute("aria-activedescendant", `found-${this.#at}`);
    else this.box.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(
      ...this.#found.map(({ name, label }, at) => html("li", { role: "option", id: `found-${at}`, "aria-selected": String(at === this.#at) }, name, html("span", { class: "where" }, label.slice(name.length + 2)))),
    );
  }

  #close(): void {
    this.list.hidden = true;
    this.box.setAttribute("aria-expanded", "false");
    this.box.removeAttribute("aria-activedescendant");
  }
}
