/** Boxes to tick: kinds of nodes and edges, severities, rules and services that the picture has. */
import { edgeKinds, nodeKinds, severities, type EdgeKind, type NodeKind, type Picture, type Severity } from "../protocol/scene.ts";
import { html } from "./render.ts";
import { isFiltering, noFilter, type Filter } from "./state.ts";

const kindNames: Readonly<Record<NodeKind, string>> = {
  service: "Services",
  frontend: "Front ends",
  foreign: "Other languages",
  store: "Stores",
  channel: "Channels",
  broker: "Brokers",
  external: "Outside systems",
  unknown: "Unknown targets",
  endpoint: "Endpoints",
  group: "Folded groups",
};
const edgeNames: Readonly<Record<EdgeKind, string>> = { http: "HTTP", grpc: "gRPC", event: "Events", db: "Data", other: "Other" };
const severityNames: Readonly<Record<Severity | "none", string>> = { error: "Errors", warning: "Warnings", information: "Information", hint: "Hints", none: "Nothing found" };

export class FilterPanel {
  readonly element = html("section", { class: "popover filters", "aria-label": "Filters", tabindex: "-1" });
  readonly #changed: (filter: Filter) => void;
  #shown = "";

  constructor(changed: (filter: Filter) => void) {
    this.#changed = changed;
    this.element.hidden = true;
  }

  /** Nothing is written that nobody sees. */
  show({ nodes, edges }: Picture, filter: Filter): void {
    if (this.element.hidden) return;
    const things = [...nodes, ...edges];
    const offers = {
      kinds: nodeKinds.filter((kind) => nodes.some((node) => node.kind === kind)),
      edges: edgeKinds.filter((kind) => edges.some((edge) => edge.kind === kind)),
      severities: ([...severities, "none"] as const).filter((severity) => things.some((thing) => thing.severity === severity)),
      rules: [...new Set([...things.flatMap(({ rules }) => rules), ...filter.rules])].sort(),
      services: nodes.filter(({ enters }) => enters === "service").map(({ id, name }) => ({ id, name })),
    };
    // What has not changed keeps the focus that stands in it.
    const json = JSON.stringify([offers, filter]);
    if (json === this.#shown) return;
    this.#shown = json;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["box"] : undefined;
    const clear = html("button", { type: "button", "data-box": "clear" }, "Show everything");
    clear.disabled = !isFiltering(filter);
    clear.addEventListener("click", () => this.#changed(noFilter));
    this.element.replaceChildren(
      this.#set("Show", offers.kinds.map((kind) => this.#box(kindNames[kind], !filter.hiddenKinds.includes(kind), () => ({ ...filter, hiddenKinds: toggled(filter.hiddenKinds, kind) })))),
      this.#set("Connections", offers.edges.map((kind) => this.#box(edgeNames[kind], !filter.hiddenEdges.includes(kind), () => ({ ...filter, hiddenEdges: toggled(filter.hiddenEdges, kind) })))),
      this.#set("Only with", offers.severities.map((one) => this.#box(severityNames[one], filter.severities.includes(one), () => ({ ...filter, severities: toggled(filter.severities, one) })))),
      this.#set("Only rule", offers.rules.map((rule) => this.#box(rule, filter.rules.includes(rule), () => ({ ...filter, rules: toggled(filter.rules, rule) })))),
      this.#set("Only service", offers.services.map(({ id, name }) => this.#box(name, filter.services.includes(id), () => ({ ...filter, services: toggled(filter.services, id) })))),
      clear,
    );
    if (focused !== undefined) [...this.element.querySelectorAll<HTMLElement>("[data-box]")].find((box) => box.dataset["box"] === focused)?.focus();
  }

  #set(title: string, boxes: readonly HTMLElement[]): HTMLElement {
    const set = html("fieldset", {}, html("legend", {}, title), ...boxes);
    set.hidden = boxes.length === 0;
    return set;
  }

  #box(text: string, isOn: boolean, next: () => Filter): HTMLElement {
    const box = html("input", { type: "checkbox", "data-box": text });
    box.checked = isOn;
    box.addEventListener("change", () => this.#changed(next()));
    return html("label", {}, box, text);
  }
}

function toggled<T>(list: readonly T[], one: T): readonly T[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
