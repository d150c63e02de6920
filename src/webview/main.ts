/** The map's page: wires gestures and messages. It draws what it is sent and asks for what was clicked; it decides nothing. */
import type { EditorMessage } from "../protocol/map.ts";
import { pictureStyle } from "../protocol/picture-style.ts";
import { Frame } from "./frame.ts";
import { bindingOf } from "./keys.ts";
import { MapPage, type Saved } from "./map-page.ts";
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
const root = document.getElementById("map") ?? document.body;
const frame = new Frame(root);
const page = new MapPage(frame, { post: (message) => editor.postMessage(message), save: (state) => editor.setState(state) }, saved(editor.getState()));

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
frame.outline.element.addEventListener("click", ({ target }) => {
  const id = frame.outline.idAt(target);
  if (id !== undefined) page.open(id, true);
});
frame.searchBox.addEventListener("input", () => page.find(frame.searchBox.value));
frame.searchBox.addEventListener("keydown", (event) => {
  if (event.key === "Enter") page.takeFound();
  else if (event.key === "Escape") {
    page.back();
    frame.outline.element.focus();
  } else return;
  event.preventDefault();
});
const { buttons } = frame;
buttons.fit.addEventListener("click", () => page.fit());
buttons.in.addEventListener("click", () => page.zoom(1.25));
buttons.out.addEventListener("click", () => page.zoom(0.8));
buttons.outline.addEventListener("click", () => page.toggleOutline());
buttons.svg.addEventListener("click", () => page.exportAs("svg"));
buttons.mermaid.addEventListener("click", () => page.exportAs("mermaid"));
buttons.help.addEventListener("click", () => page.toggleHelp());
dragAndClick();
frame.stage.addEventListener(
  "wheel",
  (event) => {
    event.preventDefault();
    const { left, top } = frame.stage.getBoundingClientRect();
    page.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), { x: event.clientX - left, y: event.clientY - top });
  },
  { passive: false },
);
new ResizeObserver(() => page.resized()).observe(frame.stage);
frame.outline.element.focus();
editor.postMessage({ type: "ready" });

/** A press that moves pans; one that does not opens what is under it. */
function dragAndClick(): void {
  let from: { x: number; y: number; moved: boolean; id: string | undefined } | undefined;
  frame.stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, moved: false, id: frame.sheet.idAt(event.target) };
    frame.stage.setPointerCapture(event.pointerId);
  });
  frame.stage.addEventListener("pointermove", (event) => {
    if (from === undefined) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < 4) return;
    page.pan(dx, dy);
    from = { ...from, x: event.clientX, y: event.clientY, moved: true };
  });
  frame.stage.addEventListener("pointerup", (event) => {
    const pressed = from;
    from = undefined;
    frame.outline.element.focus();
    if (pressed === undefined || pressed.moved) return;
    if (pressed.id === undefined) page.activate(undefined);
    else page.open(pressed.id, event.shiftKey);
  });
  frame.stage.addEventListener("pointercancel", () => (from = undefined));
}

function isMessage(data: unknown): data is EditorMessage {
  return typeof data === "object" && data !== null && "type" in data && (data.type === "picture" || data.type === "reveal");
}

/** State of an older version is worth nothing. */
function saved(state: unknown): Saved {
  if (typeof state !== "object" || state === null) return {};
  const { view, active, focus, query, isFitted } = state as Record<string, unknown>;
  return {
    ...(isView(view) ? { view } : {}),
    ...(typeof active === "string" ? { active } : {}),
    ...(typeof focus === "string" ? { focus } : {}),
    ...(typeof query === "string" ? { query } : {}),
    ...(typeof isFitted === "boolean" ? { isFitted } : {}),
  };
}

function isView(value: unknown): value is NonNullable<Saved["view"]> {
  if (typeof value !== "object" || value === null) return false;
  const { x, y, scale } = value as Record<string, unknown>;
  return [x, y, scale].every((one) => typeof one === "number" && Number.isFinite(one));
}
