/** The map's page: wires gestures and messages. It draws what it is sent and asks for what was clicked; it decides nothing. */
import type { EditorMessage } from "../protocol/map.ts";
import { pictureStyle, pictureVariables } from "../protocol/picture-style.ts";
import { Details } from "./details.ts";
import { FailurePanel } from "./failure-panel.ts";
import { FilterPanel } from "./filter-panel.ts";
import { Frame } from "./frame.ts";
import { listenToPointer } from "./gestures.ts";
import { bindingOf } from "./keys.ts";
import { MapPage } from "./map-page.ts";
import { Minimap } from "./minimap.ts";
import { Search } from "./search.ts";
import { readState } from "./state.ts";
import "./map.css";

interface Editor {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}
declare function acquireVsCodeApi(): Editor;

const editor = acquireVsCodeApi();
const style = new CSSStyleSheet();
style.replaceSync(pictureStyle);
document.adoptedStyleSheets = [style];

const details = new Details({ open: (id, link, way) => page.openLink(id, link, way), explain: (rule) => editor.postMessage({ type: "explain", rule }), close: () => page.closeDetails() });
const search = new Search({ find: (query) => page.find(query), take: (id) => page.take(id), leave: () => page.leaveSearch() });
const filters = new FilterPanel((filter) => page.filter(filter));
const minimap = new Minimap((x, y) => page.eye.centre({ x, y }));
const failure = new FailurePanel();
const root = document.getElementById("map") ?? document.body;
const frame = new Frame(root, { search: search.element, filters: filters.element, details: details.element, failure: failure.element, minimap: minimap.element }, (format) => page.exportAs(format));
const page = new MapPage({ frame, details, failure, search, filters, minimap, colours: pictureVariables }, { post: (message) => editor.postMessage(message), save: (state) => editor.setState(state) }, readState(editor.getState()));

window.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
  if (isMessage(data)) page.receive(data);
});
frame.outline.element.addEventListener("keydown", (event) => {
  const binding = bindingOf(event);
  if (binding === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  binding.run(page);
});
// Elsewhere on the page the keys belong to its buttons and boxes: all but the way back.
root.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  event.preventDefault();
  page.back();
  frame.outline.element.focus();
});
frame.outline.element.addEventListener("click", ({ target }) => {
  const id = frame.outline.idAt(target);
  if (id === undefined) return;
  page.activate(id);
  page.openActive("peek");
});
const presses = {
  filter: () => page.toggle("filters"),
  fit: () => page.eye.fit(),
  in: () => page.eye.zoom(1.25),
  out: () => page.eye.zoom(0.8),
  outline: () => page.togglePanel("outline"),
  failure: () => page.failActive(),
  export: () => page.toggle("exports"),
  help: () => page.toggle("help"),
} as const;
for (const [name, button] of frame.buttons) button.addEventListener("click", presses[name]);
listenToPointer(frame, page);
new ResizeObserver(() => {
  frame.measure();
  page.eye.resized();
}).observe(frame.stage);
frame.outline.element.focus();
page.start();

function isMessage(data: unknown): data is EditorMessage {
  return typeof data === "object" && data !== null && "type" in data && typeof data.type === "string" && ["picture", "reveal", "here", "description", "raster", "failure"].includes(data.type);
}
