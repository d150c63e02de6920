/** The page: state, and what each gesture does to it. */
import type { EditorMessage, OpenWay, PageMessage, SavedFormat } from "../protocol/map.ts";
import type { Level } from "../protocol/map-view.ts";
import type { Picture } from "../protocol/scene.ts";
import { actionsFor } from "./actions.ts";
import { changes, chipsOf, crumbsOf } from "./captions.ts";
import { Eye } from "./eye.ts";
import { FailureView } from "./failure-view.ts";
import { firstInside, groupAround, toggled } from "./folding.ts";
import { same, sightOf, type Sight } from "./lens.ts";
import type { Parts } from "./parts.ts";
import { coloursOf, pngOf } from "./raster.ts";
import { isFiltering, noFilter, type Panel, type State } from "./state.ts";
import { nextEdge, nodeTowards, withFindings, type Direction } from "./walk.ts";

export interface Host {
  post(message: PageMessage): void;
  save(state: State): void;
}

type Popover = "filters" | "exports" | "help";
type Thing = { readonly id: string; readonly x: number; readonly y: number };

const saveMs = 150;
const deepest = 3;

export class MapPage {
  readonly #parts: Parts;
  readonly #host: Host;
  readonly eye: Eye;
  #state: State;
  #picture: Picture | undefined;
  #sight: Sight = { hidden: new Set(), lit: undefined, found: [] };
  #here: ReadonlySet<string> = new Set();
  readonly #failing: FailureView;
  #described: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: Parts, host: Host, state: State) {
    this.#parts = parts;
    this.#host = host;
    this.#state = state;
    parts.search.box.value = state.query;
    const looked = (camera: NonNullable<State["camera"]>): void => {
      parts.frame.sheet.look(camera, parts.frame.extent);
      parts.minimap.look(camera, parts.frame.extent);
      this.#saveSoon();
    };
    this.eye = new Eye(() => parts.frame.extent, looked, state);
    const marked = (): void => {
      this.#mark();
      this.#saveSoon();
    };
    this.#failing = new FailureView(parts, { post: (message) => host.post(message), activate: (id) => this.activate(id), marked }, state.failing);
    this.#showPanels();
  }

  /** Tells the editor that it may send. */
  start(): void {
    if (this.#state.camera === undefined) this.#state = { ...this.#state, shows: { ...this.#state.shows, window: this.eye.shape } };
    this.#host.post({ type: "ready", view: this.#state.shows });
  }

  receive(message: EditorMessage): void {
    switch (message.type) {
      case "picture":
        if (message.json !== null) this.#show(JSON.parse(message.json) as Picture);
        break;
      case "reveal":
        this.#reveal(message.id);
        break;
      case "here":
        this.#here = new Set([...message.things, ...(message.service === undefined ? [] : [message.service])]);
        this.#mark();
        break;
      case "description":
        if (message.id === this.#state.active && message.description !== null) this.#parts.details.show(message.description, this.#actions());
        break;
      case "failure":
        this.#parts.failure.show(message.question, message.run);
        break;
      case "raster":
        void pngOf(message.svg, coloursOf(this.#parts.frame.root, this.#parts.colours)).then((data) => {
          if (data !== undefined) this.#host.post({ type: "png", data });
        });
        break;
    }
  }

  activate(id: string | undefined, way: "bring" | "approach" = "bring"): void {
    this.#change({ active: id });
    const thing = this.#thing(id);
    if (thing !== undefined) this.eye[way](thing);
    this.#describe();
  }

  openActive(way: OpenWay): void {
    if (this.#state.active !== undefined) this.#host.post({ type: "open", id: this.#state.active, way });
  }

  openLink(id: string, link: number, way: OpenWay): void {
    this.#host.post({ type: "open", id, way, link });
  }

  go(direction: Direction): void {
    const picture = this.#seen;
    if (picture === undefined) return;
    const edge = picture.edges.find(({ id }) => id === this.#state.active);
    const from = picture.nodes.find(({ id }) => id === (edge?.from ?? this.#state.active)) ?? this.#thing(this.#state.active);
    const next = from === undefined ? picture.nodes.toSorted((a, b) => a.y - b.y || a.x - b.x)[0] : nodeTowards(picture, from, direction);
    if (next !== undefined) this.activate(next.id);
  }

  /** The edges of the active node, one after the other. */
  nextEdge(): void {
    const step = this.#seen === undefined ? undefined : nextEdge(this.#seen, this.#state.active, this.#walked);
    if (step === undefined) return;
    this.#walked = step.around;
    this.activate(step.next);
  }
  /** The node whose edges are walked along. */
  #walked: string | undefined;

  nextFinding(step: 1 | -1): void {
    const all = this.#seen === undefined ? [] : withFindings(this.#seen);
    const at = all.indexOf(this.#state.active ?? "");
    const next = all[at < 0 ? (step === 1 ? 0 : all.length - 1) : (at + step + all.length) % all.length];
    if (next !== undefined) this.activate(next);
  }

  toggleGroup(): void {
    const shows = this.#picture === undefined ? undefined : toggled(this.#picture, this.#state.active, this.#state.shows);
    if (shows !== undefined) this.#ask(shows);
  }

  intoGroup(): void {
    const inside = this.#seen === undefined || this.#state.active === undefined ? undefined : firstInside(this.#seen, this.#state.active);
    if (inside === undefined) this.toggleGroup();
    else this.activate(inside);
  }

  outOfGroup(): void {
    const around = this.#picture === undefined ? undefined : groupAround(this.#picture, this.#state.active);
    if (around !== undefined) this.activate(around);
  }

  /** The active service or endpoint as a level of its own. */
  enter(): void {
    const node = this.#picture?.nodes.find(({ id }) => id === this.#state.active);
    if (node !== undefined && node.enters !== "nothing") this.level({ is: node.enters, id: node.id });
  }

  up(): void {
    const { level } = this.#state.shows;
    const service = level.is === "request" ? this.#picture?.level.service : undefined;
    if (level.is !== "system") this.level(service === undefined ? { is: "system" } : { is: "service", id: service.id });
  }

  level(level: Level): void {
    this.#state = { ...this.#state, focus: undefined, path: undefined };
    this.#ask({ ...this.#state.shows, level });
    this.eye.fitNext();
  }

  layOut(): void {
    this.#ask({ ...this.#state.shows, window: this.eye.shape, round: this.#state.shows.round + 1 });
    this.eye.fitNext();
  }

  focusActive(): void {
    const edge = this.#picture?.edges.find(({ id }) => id === this.#state.active);
    const { focus, active } = this.#state;
    const id = edge?.from ?? active;
    if (id === undefined) return;
    const depth = focus?.id === id ? focus.depth + 1 : 1;
    this.#change({ focus: depth > deepest ? undefined : { id, depth }, path: undefined });
    this.#fitLit();
  }

  /** First the one end, then the other. */
  pathHere(): void {
    const { path, active } = this.#state;
    if (active === undefined || this.#picture?.nodes.every(({ id }) => id !== active) === true) return;
    if (path === undefined || path.to !== undefined) {
      this.#change({ path: { from: active }, focus: undefined });
      this.#parts.frame.say("Path from here: go to another node and press b");
      return;
    }
    this.#change({ path: path.from === active ? undefined : { from: path.from, to: active } });
    const edges = this.#picture?.edges.filter(({ id }) => this.#sight.lit?.has(id)).length ?? 0;
    this.#parts.frame.say(edges === 0 ? "No path leads there" : `Path over ${edges} connections`);
    this.#fitLit();
  }

  /** The failure view of the active node; without one, of the node that most depends on. */
  failActive(): void {
    const target = this.#failing.targetFor(this.#state.active);
    if (target === undefined) return;
    this.#change({ active: target.id, query: "", focus: undefined, path: undefined });
    this.#parts.failure.start(target);
  }

  /** Shows the details, goes into them, and out again. */
  details(): void {
    const { element } = this.#parts.details;
    if (element.contains(document.activeElement)) return this.#parts.frame.outline.element.focus();
    if (!this.#state.panels.includes("details")) this.togglePanel("details");
    if (!element.hidden) (element.querySelector<HTMLElement>(".actions button") ?? element).focus();
  }

  closeDetails(): void {
    this.togglePanel("details");
    this.#parts.frame.outline.element.focus();
  }

  search(): void {
    this.#parts.search.box.focus();
    this.#parts.search.box.select();
  }

  find(query: string): void {
    this.#change({ query });
    if (query.trim() !== "") this.#parts.frame.say(`${this.#sight.found.length} found`);
  }

  /** Flies to what was found. */
  take(id: string): void {
    this.#parts.search.box.value = "";
    this.#change({ query: "" });
    this.#parts.frame.outline.element.focus();
    this.activate(id, "approach");
  }

  leaveSearch(): void {
    if (this.#state.query !== "") this.back();
    this.#parts.frame.outline.element.focus();
  }

  filter(filter: State["filter"]): void {
    this.#change({ filter });
    const [shown, all] = [this.#seen?.nodes.length ?? 0, this.#picture?.nodes.length ?? 0];
    this.#parts.frame.say(isFiltering(filter) ? `${shown} of ${all} nodes are shown` : "Everything is shown");
  }

  togglePanel(panel: Panel): void {
    const { panels } = this.#state;
    this.#change({ panels: panels.includes(panel) ? panels.filter((one) => one !== panel) : [...panels, panel] });
    this.#showPanels();
    if (panel === "details") this.#describe();
  }

  toggle(popover: Popover): void {
    const all = this.#popovers();
    const isOpening = all[popover].hidden;
    for (const one of Object.values(all)) one.hidden = true;
    all[popover].hidden = !isOpening;
    if (this.#picture !== undefined) this.#parts.filters.show(this.#picture, this.#state.filter);
    if (isOpening) (all[popover].querySelector<HTMLElement>("input, button") ?? all[popover]).focus();
    else this.#parts.frame.outline.element.focus();
  }

  exportAs(format: SavedFormat): void {
    this.#closePopovers();
    this.#host.post({ type: "export", format, hidden: [...this.#sight.hidden] });
  }

  /** Closes the topmost thing, then search, path, focus, filter and level, then lets go. */
  back(): void {
    const { query, path, focus, filter } = this.#state;
    if (!this.#parts.failure.element.hidden) return this.#failing.end();
    if (this.#closePopovers()) return this.#parts.frame.outline.element.focus();
    if (query !== "") {
      this.#parts.search.box.value = "";
      this.#change({ query: "" });
    } else if (path !== undefined) this.#change({ path: undefined });
    else if (focus !== undefined) this.#change({ focus: undefined });
    else if (isFiltering(filter)) this.filter(noFilter);
    else if (this.#state.active !== undefined) this.activate(undefined);
    else this.up();
  }

  #closePopovers(): boolean {
    const open = Object.values(this.#popovers()).filter(({ hidden }) => !hidden);
    for (const one of open) one.hidden = true;
    return open.length > 0;
  }

  #popovers(): Readonly<Record<Popover, HTMLElement>> {
    return { filters: this.#parts.filters.element, exports: this.#parts.frame.exports, help: this.#parts.frame.help };
  }

  /** What filters leave of the picture. */
  get #seen(): Picture | undefined {
    const { hidden } = this.#sight;
    const picture = this.#picture;
    if (picture === undefined || hidden.size === 0) return picture;
    return { ...picture, nodes: picture.nodes.filter(({ id }) => !hidden.has(id)), edges: picture.edges.filter(({ id }) => !hidden.has(id)) };
  }

  /** Asks for another picture; what is active stays in its place on the screen. */
  #ask(shows: State["shows"]): void {
    const thing = this.#thing(this.#state.active);
    // The frame of a service that folds leaves the service itself.
    if (thing !== undefined) this.eye.anchor(thing.id.replace("inside:", ""), thing);
    this.#state = { ...this.#state, shows };
    this.#saveSoon();
    this.#host.post({ type: "look", view: shows });
  }

  #show(picture: Picture): void {
    const before = this.#picture;
    this.#picture = picture;
    this.#parts.frame.show(picture);
    this.eye.takeIn(picture, (id) => this.#thing(id));
    const said = before === undefined ? "" : changes(before, picture);
    if (said !== "") this.#parts.frame.say(said);
    this.#refresh();
    this.#failing.take(picture);
    this.#described = undefined;
    this.#describe();
  }

  /** Something that is folded away, or on another level, is found on the level of the system. */
  #reveal(id: string): void {
    if (this.#thing(id) === undefined && this.#picture?.level.is !== "system") this.level({ is: "system" });
    this.activate(id);
  }

  #thing(id: string | undefined): Thing | undefined {
    if (id === undefined || this.#picture === undefined) return undefined;
    const { nodes, edges, groups } = this.#picture;
    return nodes.find((node) => node.id === id) ?? edges.find((edge) => edge.id === id) ?? groups.find((group) => group.id === id);
  }

  #fitLit(): void {
    const { lit } = this.#sight;
    if (lit !== undefined) this.eye.fitTo(this.#picture?.nodes.filter(({ id }) => lit.has(id)) ?? []);
  }

  #actions(): ReturnType<typeof actionsFor> {
    return actionsFor(this, this.#picture, this.#state.active);
  }

  #describe(): void {
    const { active, panels } = this.#state;
    const { element } = this.#parts.details;
    const picture = this.#picture;
    const thing = picture === undefined ? undefined : [...picture.nodes, ...picture.edges, ...picture.groups].find(({ id }) => id === active);
    element.hidden = thing === undefined || !panels.includes("details");
    if (thing === undefined || element.hidden) return void (this.#described = undefined);
    if (this.#described === thing.id) return;
    if (!element.contains(document.activeElement)) this.#parts.details.announce("name" in thing ? thing.name : thing.label.split(":")[0] ?? "", "name" in thing ? thing.label.slice(thing.name.length + 2) : "", this.#actions());
    this.#described = thing.id;
    this.#host.post({ type: "describe", id: thing.id });
  }

  #change(part: Partial<State>): void {
    if ("active" in part && !this.#isEdge(part.active)) this.#walked = undefined;
    this.#state = { ...this.#state, ...part };
    this.#refresh();
    this.#saveSoon();
  }

  #isEdge(id: string | undefined): boolean {
    return this.#picture?.edges.some((edge) => edge.id === id) === true;
  }

  #refresh(): void {
    const picture = this.#picture;
    if (picture === undefined) return;
    const { hidden } = this.#sight;
    this.#sight = sightOf(picture, this.#state);
    const { frame, search, filters, minimap } = this.#parts;
    this.#mark();
    if (!same(hidden, this.#sight.hidden) || this.#drawn !== picture) {
      frame.outline.show(picture, this.#sight.hidden);
      minimap.show(picture, this.#sight.hidden);
      this.#drawn = picture;
    }
    filters.show(picture, this.#state.filter);
    search.show(picture.nodes.filter(({ id }) => this.#sight.found.includes(id)).toSorted((a, b) => this.#sight.found.indexOf(a.id) - this.#sight.found.indexOf(b.id)));
    frame.crumbs.replaceChildren(...crumbsOf(picture.level, (level) => this.level(level)));
    frame.chips.replaceChildren(...chipsOf(picture, this.#state, this));
    frame.outline.activate(this.#state.active);
  }
  #drawn: Picture | undefined;

  #mark(): void {
    this.#parts.frame.sheet.mark({ active: this.#state.active, found: new Set(this.#sight.found), hidden: this.#sight.hidden, lit: this.#sight.lit, here: this.#here, states: this.#failing.classes });
  }

  #showPanels(): void {
    for (const panel of ["outline", "minimap", "legend"] as const) this.#parts.frame.root.classList.toggle(`with-${panel}`, this.#state.panels.includes(panel));
  }

  #saveSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#host.save({ ...this.#state, ...this.eye.state, failing: this.#failing.scenario }), saveMs);
  }
}
