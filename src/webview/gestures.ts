/** The mouse: a press that moves pans; one that does not chooses what is under it; twice opens its code. */
import type { Frame } from "./frame.ts";
import type { MapPage } from "./map-page.ts";

export function listenToPointer(frame: Frame, page: MapPage): void {
  let from: { readonly x: number; readonly y: number; readonly moved: boolean; readonly target: EventTarget | null } | undefined;
  frame.stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, moved: false, target: event.target };
    frame.stage.setPointerCapture(event.pointerId);
  });
  frame.stage.addEventListener("pointermove", (event) => {
    if (from === undefined) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < 4) return;
    page.eye.pan(dx, dy);
    from = { ...from, x: event.clientX, y: event.clientY, moved: true };
  });
  frame.stage.addEventListener("pointerup", () => {
    const pressed = from;
    from = undefined;
    frame.outline.element.focus();
    if (pressed === undefined || pressed.moved) return;
    const thing = frame.sheet.at(pressed.target);
    page.activate(thing?.id);
    if (thing?.isOpener === true) page.toggleGroup();
    else if (thing !== undefined) page.openActive("peek");
  });
  frame.stage.addEventListener("pointercancel", () => (from = undefined));
  frame.stage.addEventListener("dblclick", () => page.openActive("go"));
  frame.stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const { left, top } = frame.stage.getBoundingClientRect();
      page.eye.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), { x: event.clientX - left, y: event.clientY - top });
    },
    { passive: false },
  );
}
