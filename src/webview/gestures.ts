/** The mouse: a press that moves pans; one that does not chooses what is under it; twice opens its code. */
import type { Frame } from "./frame.ts";
import type { MapPage } from "./map-page.ts";

/** A hand that presses a button moves a little. */
const stillPixels = 5;

export function listenToPointer(frame: Frame, page: MapPage): void {
  const { stage } = frame;
  let from: { readonly x: number; readonly y: number; readonly moved: boolean } | undefined;
  const inStage = ({ clientX, clientY }: MouseEvent): { readonly x: number; readonly y: number } => {
    const { left, top } = stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  };
  const point = (event: MouseEvent): void => {
    const hit = frame.sheet.at(inStage(event));
    frame.sheet.hover(hit?.id);
    stage.classList.toggle("over", hit !== undefined);
    const tip = hit?.tip ?? "";
    if (stage.title !== tip) stage.title = tip;
  };
  stage.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    from = { x: event.clientX, y: event.clientY, moved: false };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener("pointermove", (event) => {
    if (from === undefined) return point(event);
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!from.moved && Math.hypot(dx, dy) < stillPixels) return;
    page.eye.pan(dx, dy);
    from = { x: event.clientX, y: event.clientY, moved: true };
  });
  stage.addEventListener("pointerup", () => {
    const pressed = from;
    from = undefined;
    frame.outline.element.focus();
    if (pressed === undefined || pressed.moved) return;
    const { left, top } = stage.getBoundingClientRect();
    const hit = frame.sheet.at({ x: pressed.x - left, y: pressed.y - top });
    page.activate(hit?.id);
    if (hit?.isOpener === true) page.toggleGroup();
    else if (hit !== undefined) page.openActive("peek");
  });
  stage.addEventListener("pointercancel", () => (from = undefined));
  stage.addEventListener("pointerleave", () => {
    frame.sheet.hover(undefined);
    stage.classList.remove("over");
  });
  stage.addEventListener("dblclick", () => page.openActive("go"));
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      page.eye.zoom(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.0015)), inStage(event));
    },
    { passive: false },
  );
}
