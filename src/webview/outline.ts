/** The map in words: a tree of groups, nodes and their outgoing edges. It holds the focus; the drawing follows its active item. */
import type { Picture, PictureEdge, PictureGroup, PictureNode } from "../protocol/scene.ts";
import { html } from "./render.ts";

export class Outline {
  readonly element = html("ul", { role: "tree", tabindex: "0", id: "outline", "aria-label": "Architecture" });
  readonly #items = new Map<string, HTMLElement>();
  #active: string | undefined;
  #waits = false;

  /** Written after the drawing is on the screen: words can wait a moment longer than the picture. */
  show(picture: Picture, hidden: ReadonlySet<string>): void {
    this.#next = [picture, hidden];
    if (this.#waits) return;
    this.#waits = true;
    requestIdleCallback(
      () => {
        this.#waits = false;
        if (this.#next !== undefined) this.#write(...this.#next);
        this.#next = undefined;
      },
      { timeout: 250 },
    );
  }
  #next: readonly [Picture, ReadonlySet<string>] | undefined;

  activate(id: string | undefined): void {
    if (this.#active !== undefined) this.#items.get(this.#active)?.setAttribute("aria-selected", "false");
    this.#active = id;
    const item = id === undefined ? undefined : this.#items.get(id);
    if (item === undefined) this.element.removeAttribute("aria-activedescendant");
    else {
      item.setAttribute("aria-selected", "true");
      this.element.setAttribute("aria-activedescendant", item.id);
    }
    item?.firstElementChild?.scrollIntoView({ block: "nearest" });
  }

  idAt(target: EventTarget | null): string | undefined {
    const item = target instanceof Element ? target.closest("li") : null;
    return [...this.#items].find(([, one]) => one === item)?.[0];
  }

  #write(picture: Picture, hidden: ReadonlySet<string>): void {
    this.#items.clear();
    const leaving = new Map<string, PictureEdge[]>();
    for (const edge of picture.edges) if (!hidden.has(edge.id)) leaving.set(edge.from, [...(leaving.get(edge.from) ?? []), edge]);
    const seen = <T extends PictureNode | PictureGroup>(things: readonly T[]): readonly T[] => things.filter(({ id }) => !hidden.has(id)).toSorted((a, b) => a.y - b.y || a.x - b.x);
    const [nodes, groups] = [seen(picture.nodes), seen(picture.groups)];
    const known = new Set(groups.map(({ id }) => id));
    const home = (group: string | undefined): string | undefined => (group !== undefined && known.has(group) ? group : undefined);
    const written = (parent: string | undefined, level: number): readonly HTMLElement[] => [
      ...groups.filter((group) => home(group.parent) === parent).map((group) => this.#branch(group, level, [...edges(group.id, level + 1), ...written(group.id, level + 1)])),
      ...nodes.filter((node) => home(node.group) === parent).map((node) => this.#branch(node, level, edges(node.id, level + 1), node.opens === undefined ? undefined : "false")),
    ];
    const edges = (id: string, level: number): readonly HTMLElement[] => (leaving.get(id) ?? []).map((edge) => this.#item(edge, level));
    this.element.replaceChildren(...written(undefined, 1));
    this.activate(this.#active);
  }

  #branch(thing: { readonly id: string; readonly label: string }, level: number, children: readonly HTMLElement[], expanded = "true"): HTMLElement {
    const item = this.#item(thing, level);
    if (children.length > 0 || expanded === "false") item.setAttribute("aria-expanded", expanded);
    if (children.length > 0) item.append(html("ul", { role: "group" }, ...children));
    return item;
  }

  #item({ id, label }: { readonly id: string; readonly label: string }, level: number): HTMLElement {
    const item = html("li", { role: "treeitem", id: `item-${this.#items.size}`, "aria-level": String(level), "aria-label": label, "aria-selected": "false" }, html("span", {}, label));
    this.#items.set(id, item);
    return item;
  }
}
