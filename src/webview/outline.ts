/** The map in words: a tree of nodes and their outgoing edges. It holds the focus; the drawing follows its active item. */
import type { Picture } from "../protocol/scene.ts";
import { html } from "./render.ts";

export class Outline {
  readonly element = html("ul", { role: "tree", tabindex: "0", id: "outline", "aria-label": "Architecture" });
  readonly #items = new Map<string, HTMLElement>();

  show(picture: Picture): void {
    this.#items.clear();
    const nodes = [...picture.nodes].sort((a, b) => a.y - b.y || a.x - b.x);
    this.element.replaceChildren(
      ...nodes.map(({ id, label }) => {
        const edges = picture.edges.filter(({ from }) => from === id).map((edge) => this.#item(edge.id, edge.label, 2));
        const item = this.#item(id, label, 1);
        if (edges.length === 0) return item;
        item.setAttribute("aria-expanded", "true");
        item.append(html("ul", { role: "group" }, ...edges));
        return item;
      }),
    );
  }

  activate(id: string | undefined): void {
    for (const [key, item] of this.#items) item.setAttribute("aria-selected", String(key === id));
    const item = id === undefined ? undefined : this.#items.get(id);
    if (item === undefined) this.element.removeAttribute("aria-activedescendant");
    else this.element.setAttribute("aria-activedescendant", item.id);
    item?.firstElementChild?.scrollIntoView({ block: "nearest" });
  }

  idAt(target: EventTarget | null): string | undefined {
    const item = target instanceof Element ? target.closest("li") : null;
    return [...this.#items].find(([, one]) => one === item)?.[0];
  }

  #item(id: string, label: string, level: number): HTMLElement {
    const item = html("li", { role: "treeitem", id: `item-${this.#items.size}`, "aria-level": String(level), "aria-label": label }, html("span", {}, label));
    this.#items.set(id, item);
    return item;
  }
}
