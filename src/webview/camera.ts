/** What part of the sheet is in sight: pure arithmetic. */
export interface View {
  /** Where the sheet's corner stands in the window. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Extent {
  readonly width: number;
  readonly height: number;
}

const smallest = 0.08;
const largest = 4;
const margin = 20;
const largestFit = 1.25;

/** All of the sheet, in the middle; a small one somewhat larger than life. */
export function fitted(sheet: Extent & { readonly x: number; readonly y: number }, window: Extent): View {
  const scale = clamped(Math.min((window.width - 2 * margin) / (sheet.width || 1), (window.height - 2 * margin) / (sheet.height || 1), largestFit));
  return { scale, x: (window.width - sheet.width * scale) / 2 - sheet.x * scale, y: (window.height - sheet.height * scale) / 2 - sheet.y * scale };
}

/** The box around boxes; undefined around none. */
export function boxAround(boxes: readonly { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[]): (Extent & { readonly x: number; readonly y: number }) | undefined {
  if (boxes.length === 0) return undefined;
  const x = Math.min(...boxes.map((box) => box.x - box.width / 2));
  const y = Math.min(...boxes.map((box) => box.y - box.height / 2));
  const right = Math.max(...boxes.map((box) => box.x + box.width / 2));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height / 2));
  return { x, y, width: right - x, height: bottom - y };
}

/** Zoomed by a factor, with the given point of the window staying over the same thing. */
export function zoomed(view: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const scale = clamped(view.scale * factor);
  const by = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by };
}

export function moved(view: View, dx: number, dy: number): View {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** The least move that brings a point of the sheet well into the window. */
export function showing(view: View, point: { readonly x: number; readonly y: number }, window: Extent): View {
  const [x, y] = [view.x + point.x * view.scale, view.y + point.y * view.scale];
  const [rimX, rimY] = [Math.min(140, window.width / 3), Math.min(90, window.height / 3)];
  return moved(view, inside(x, rimX, window.width - rimX), inside(y, rimY, window.height - rimY));
}

function inside(value: number, low: number, high: number): number {
  return value < low ? low - value : value > high ? high - value : 0;
}

function clamped(scale: number): number {
  return Math.min(largest, Math.max(smallest, scale));
}
