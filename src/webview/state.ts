/** What the person has arranged: it survives a reload. */
import { edgeKinds, nodeKinds, severities, type EdgeKind, type NodeKind, type Severity } from "../protocol/scene.ts";
import { readView, type MapView } from "../protocol/map-view.ts";
import type { View } from "./camera.ts";
import { readScenario, type Scenario } from "./scenario.ts";

/** What is left out, or alone let through where a list of rules, severities or services is not empty. */
export interface Filter {
  readonly hiddenKinds: readonly NodeKind[];
  readonly hiddenEdges: readonly EdgeKind[];
  readonly severities: readonly (Severity | "none")[];
  readonly rules: readonly string[];
  readonly services: readonly string[];
}

export interface State {
  /** What the server is asked to show. */
  readonly shows: MapView;
  readonly camera?: View | undefined;
  /** Nobody has moved the map since it was fitted: it is fitted again when the window changes. */
  readonly isFitted: boolean;
  readonly active?: string | undefined;
  readonly focus?: { readonly id: string; readonly depth: number } | undefined;
  readonly path?: { readonly from: string; readonly to?: string | undefined } | undefined;
  readonly query: string;
  readonly filter: Filter;
  readonly panels: readonly Panel[];
  /** The failure that is being looked at. */
  readonly failing?: Scenario | undefined;
}

/** Parts of the page that are shown on demand. */
export const panels = ["outline", "details", "minimap", "legend"] as const;
export type Panel = (typeof panels)[number];

export const noFilter: Filter = { hiddenKinds: [], hiddenEdges: [], severities: [], rules: [], services: [] };

export function isFiltering({ hiddenKinds, hiddenEdges, severities, rules, services }: Filter): boolean {
  return [hiddenKinds, hiddenEdges, severities, rules, services].some(({ length }) => length > 0);
}

/** State of an older version is worth as much as can be read of it. */
export function readState(value: unknown): State {
  const saved = record(value);
  const filter = record(saved["filter"]);
  const [focus, path] = [record(saved["focus"]), record(saved["path"])];
  return {
    shows: readView(saved["shows"]),
    camera: isView(saved["camera"]) ? saved["camera"] : undefined,
    isFitted: saved["isFitted"] === true,
    active: text(saved["active"]),
    focus: typeof focus["id"] === "string" && typeof focus["depth"] === "number" ? { id: focus["id"], depth: focus["depth"] } : undefined,
    path: typeof path["from"] === "string" ? { from: path["from"], to: text(path["to"]) } : undefined,
    query: text(saved["query"]) ?? "",
    filter: {
      hiddenKinds: among(filter["hiddenKinds"], nodeKinds),
      hiddenEdges: among(filter["hiddenEdges"], edgeKinds),
      severities: among(filter["severities"], [...severities, "none"]),
      rules: texts(filter["rules"]),
      services: texts(filter["services"]),
    },
    panels: Array.isArray(saved["panels"]) ? among(saved["panels"], panels) : [...panels].filter((one) => one !== "outline"),
    failing: readScenario(saved["failing"]),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
}

function among<T extends string>(value: unknown, known: readonly T[]): readonly T[] {
  return known.filter((one) => texts(value).includes(one));
}

function isView(value: unknown): value is View {
  const view = record(value);
  return [view["x"], view["y"], view["scale"]].every((one) => typeof one === "number" && Number.isFinite(one));
}
