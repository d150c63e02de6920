/** The page: state, and what each gesture does to it. */
import type { EditorMessage, MapFormat, PageMessage } from "../protocol/map.ts";
import type { Picture } from "../protocol/scene.ts";
import { fitted, moved, showing, zoomed, type View } from "./camera.ts";
import type { Frame } from "./frame.ts";
import { edgesOf, matches, neighbourhood, nodeTowards, withFindings, type Direction } from "./walk.ts";

/** What survives a reload. */
export interface Saved {
  readonly view?: View;
  readonly active?: string;
  readonly focus?: string;
  readonly query?: string;
  readonly isFitted?: boolean;
}

export interface Host {
  post(message: PageMessage): void;
  save(state: Saved): void;
}

export class MapPage {
  readonly #frame: Frame;
  readonly #host: Host;
  #picture: Picture | undefined;
  #view: View | undefined;
  /** Nobody has moved the map since it was fitted: it is fitted again when the window changes. */
  #isFitted = false;
  #active: string | undefined;
  #focus: string | undefined;
  #query: string;

  constructor(frame: Frame, host: Host, { view, active, focus, query = "", isFitted = false }: Saved) {
    this.#frame = frame;
    this.#host = host;
    this.#view = view;
    this.#active = active;
    this.#focus = focus;
    this.#isFitted = isFitted;
    this.#query = query;
    frame.searchBox.value = query;
  }

  receive(message: EditorMessage): void {
    if (message.type === "reveal") this.activate(message.id);
    else if (message.picture !== null) this.#show(message.picture);
  }

  activate(id: string | undefined): void {
    this.#active = id;
    const thing = this.#thing(id);
    if (thing !== undefined && this.#view !== undefined) this.#bring(thing, this.#view);
    this.#refresh();
  }

  open(id: string, keepFocus: boolean): void {
    this.activate(id);
    this.#host.post({ type: "open", id, keepFocus });
  }

  openActive(keepFocus: boolean): void {
    if (this.#active !== undefined) this.open(this.#active, keepFocus);
  }

  go(direction: Direction): void {
    const picture = this.#picture;
    if (picture === undefined) return;
    const edge = picture.edges.find(({ id }) => id === this.#active);
    const from = picture.nodes.find(({ id }) => id === (edge?.from ?? this.#active));
    const next = from === undefined ? [...picture.nodes].sort((a, b) => a.y - b.y || a.x - b.x)[0] : nodeTowards(picture, from, direction);
    if (next !== undefined) this.activate(next.id);
  }

  /** The edges of the active node, one after the other. */
  nextEdge(): void {
    if (this.#picture === undefined || this.#active === undefined) return;
    const active = this.#picture.edges.find(({ id }) => id === this.#active);
    const edges = edgesOf(this.#picture, active?.from ?? this.#active);
    const next = edges[(edges.findIndex(({ id }) => id === this.#active) + 1) % edges.length];
    if (next !== undefined) this.activate(next.id);
  }

  nextFinding(step: 1 | -1): void {
    const all = this.#picture === undefined ? [] : withFindings(this.#picture);
    const at = all.indexOf(this.#active ?? "");
    const next = all[at < 0 ? (step === 1 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
    if (next !== undefined) this.activate(next);
  }

  focusActive(): void {
    const edge = this.#picture?.edges.find(({ id }) => id === this.#active);
    this.#focus = this.#focus === undefined ? (edge?.from ?? this.#active) : undefined;
    this.#refresh();
  }

  search(): void {
    this.#frame.searchBox.focus();
    this.#frame.searchBox.select();
  }

  find(query: string): void {
    this.#query = query;
    this.#refresh();
    if (query.trim() !== "") this.#frame.say(`${this.#found.length} found`);
  }

  /** Flies to the best match. */
  takeFound(): void {
    const [best] = this.#found;
    this.#frame.outline.element.focus();
    if (best !== undefined) this.activate(best);
  }

  fit(): void {
    if (this.#picture === undefined) return;
    this.#view = fitted(this.#picture, this.#frame.extent);
    this.#isFitted = true;
    this.#look();
  }

  resized(): void {
    if (this.#isFitted) this.fit();
  }

  realSize(): void {
    if (this.#view !== undefined) this.zoom(1 / this.#view.scale);
  }

  zoom(factor: number, at = { x: this.#frame.extent.width / 2, y: this.#frame.extent.height / 2 }): void {
    if (this.#view === undefined) return;
    this.#view = zoomed(this.#view, factor, at);
    this.#isFitted = false;
    this.#look();
  }

  pan(dx: number, dy: number): void {
    if (this.#view === undefined) return;
    this.#view = moved(this.#view, dx, dy);
    this.#isFitted = false;
    this.#look();
  }

  toggleOutline(): void {
    this.#frame.root.classList.toggle("with-outline");
  }

  toggleHelp(): void {
    this.#frame.help.hidden = !this.#frame.help.hidden;
  }

  exportAs(format: MapFormat): void {
    this.#host.post({ type: "export", format });
  }

  /** Closes the topmost thing, then the search, then the focus, then lets go. */
  back(): void {
    if (!this.#frame.help.hidden) this.toggleHelp();
    else if (this.#query !== "") this.#frame.searchBox.value = this.#query = "";
    else if (this.#focus !== undefined) this.#focus = undefined;
    else this.#active = undefined;
    this.#refresh();
  }

  get #found(): readonly string[] {
    return this.#picture === undefined ? [] : matches(this.#picture, this.#query);
  }

  #show(picture: Picture): void {
    const before = this.#picture;
    this.#picture = picture;
    this.#frame.show(picture);
    if (this.#view === undefined || this.#isFitted) this.fit();
    const said = before === undefined ? "" : changes(before, picture);
    if (said !== "") this.#frame.say(`Updated: ${said}`);
    this.#refresh();
  }

  #bring(thing: { readonly x: number; readonly y: number }, view: View): void {
    this.#view = showing(view, thing, this.#frame.extent);
    if (this.#view.x !== view.x || this.#view.y !== view.y) this.#isFitted = false;
  }

  #thing(id: string | undefined): { readonly x: number; readonly y: number } | undefined {
    return this.#picture?.nodes.find((node) => node.id === id) ?? this.#picture?.edges.find((edge) => edge.id === id);
  }

  #refresh(): void {
    const found = new Set(this.#found);
    const focused = this.#picture !== undefined && this.#focus !== undefined ? neighbourhood(this.#picture, this.#focus) : undefined;
    const lit = this.#query.trim() === "" ? focused : found;
    this.#frame.sheet.mark({ active: this.#active, found, lit });
    this.#frame.outline.activate(this.#active);
    this.#look();
  }

  #look(): void {
    const view = this.#view;
    if (view === undefined) return;
    this.#frame.sheet.look(view);
    this.#host.save({
      view,
      query: this.#query,
      isFitted: this.#isFitted,
      ...(this.#active === undefined ? {} : { active: this.#active }),
      ...(this.#focus === undefined ? {} : { focus: this.#focus }),
    });
  }
}

/** `1 node more, 2 findings fewer`. */
function changes(before: Picture, now: Picture): string {
  const findings = ({ nodes }: Picture): number => nodes.reduce((sum, node) => sum + node.findings, 0);
  const counts: readonly (readonly [number, string])[] = [
    [now.nodes.length - before.nodes.length, "node"],
    [now.edges.length - before.edges.length, "connection"],
    [findings(now) - findings(before), "finding"],
  ];
  const said = counts.filter(([by]) => by !== 0).map(([by, noun]) => `${Math.abs(by)} ${noun}${Math.abs(by) === 1 ? "" : "s"} ${by > 0 ? "more" : "fewer"}`);
  return said.join(", ");
}
