/** The lines around the map: where one is, what is left out, and what has changed. */
import type { Level } from "../protocol/map-view.ts";
import type { Picture, ShownLevel } from "../protocol/scene.ts";
import type { MapPage } from "./map-page.ts";
import { html } from "./render.ts";
import { isFiltering, noFilter, type State } from "./state.ts";

/** `System › orders › POST /orders`. */
export function crumbsOf({ is, id, name = "", service }: ShownLevel, go: (level: Level) => void): readonly HTMLElement[] {
  const way: (readonly [string, Level])[] = [["System", { is: "system" }]];
  if (service !== undefined) way.push([service.name, { is: "service", id: service.id }]);
  if (is !== "system" && id !== undefined) way.push([name, { is, id }]);
  return way.map(([text, level], at) => {
    const crumb = html("button", { type: "button", class: "crumb", ...(at === way.length - 1 ? { "aria-current": "true" } : {}) }, text);
    crumb.addEventListener("click", () => go(level));
    return crumb;
  });
}

/** What is left out or lit up at the moment, each with a way to end it. */
export function chipsOf(picture: Picture, { filter, focus, path }: State, page: MapPage): readonly HTMLElement[] {
  const name = (id: string): string => [...picture.nodes, ...picture.groups].find((one) => one.id === id)?.name ?? "something that is gone";
  const chips: HTMLElement[] = [];
  if (picture.folded > 0) chips.push(html("span", { class: "chip-note" }, `${picture.folded} nodes are folded away: there would be too many to read`));
  if (focus !== undefined) chips.push(chip(`Around ${name(focus.id)}, ${focus.depth === 1 ? "1 step" : `${focus.depth} steps`}`, () => page.back()));
  if (path !== undefined) chips.push(chip(path.to === undefined ? `Path from ${name(path.from)} to…` : `Path from ${name(path.from)} to ${name(path.to)}`, () => page.back()));
  if (isFiltering(filter)) chips.push(chip(`Filter: ${filterText(filter, name)}`, () => page.filter(noFilter)));
  return chips;
}

function filterText({ hiddenKinds, hiddenEdges, severities, rules, services }: State["filter"], name: (id: string) => string): string {
  const left = [...hiddenKinds, ...hiddenEdges];
  const only = [...severities.map((one) => (one === "none" ? "nothing found" : `${one}s`)), ...rules, ...services.map(name)];
  return [...(only.length === 0 ? [] : [`only ${only.join(", ")}`]), ...(left.length === 0 ? [] : [`without ${left.join(", ")}`])].join("; ");
}

function chip(text: string, end: () => void): HTMLElement {
  const element = html("button", { type: "button", class: "chip-button", "aria-label": `${text}. End this` }, text, html("span", { "aria-hidden": "true" }, " ✕"));
  element.addEventListener("click", end);
  return element;
}

/** `Updated: 1 node more, 2 findings fewer`. */
export function changes(before: Picture, now: Picture): string {
  if (before.level.is !== now.level.is || before.level.id !== now.level.id) return now.level.is === "system" ? "The whole system" : `${now.level.name ?? ""} alone`;
  const findings = ({ nodes }: Picture): number => nodes.reduce((sum, node) => sum + node.findings, 0);
  const counts: readonly (readonly [number, string])[] = [
    [now.nodes.length - before.nodes.length, "node"],
    [now.edges.length - before.edges.length, "connection"],
    [findings(now) - findings(before), "finding"],
  ];
  const said = counts.filter(([by]) => by !== 0).map(([by, noun]) => `${Math.abs(by)} ${noun}${Math.abs(by) === 1 ? "" : "s"} ${by > 0 ? "more" : "fewer"}`);
  return said.length === 0 ? "" : `Updated: ${said.join(", ")}`;
}
