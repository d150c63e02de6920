/** The keys of the map: one table binds them and prints the help sheet. */
import type { MapPage } from "./map-page.ts";

interface Binding {
  readonly keys: readonly string[];
  readonly does: string;
  readonly run: (page: MapPage) => void;
}

export const bindings: readonly Binding[] = [
  { keys: ["ArrowLeft"], does: "go to the node on the left", run: (page) => page.go("left") },
  { keys: ["ArrowRight"], does: "go to the node on the right", run: (page) => page.go("right") },
  { keys: ["ArrowUp"], does: "go to the node above", run: (page) => page.go("up") },
  { keys: ["ArrowDown"], does: "go to the node below", run: (page) => page.go("down") },
  { keys: ["Shift+ArrowLeft"], does: "move the map to the right", run: (page) => page.pan(80, 0) },
  { keys: ["Shift+ArrowRight"], does: "move the map to the left", run: (page) => page.pan(-80, 0) },
  { keys: ["Shift+ArrowUp"], does: "move the map down", run: (page) => page.pan(0, 80) },
  { keys: ["Shift+ArrowDown"], does: "move the map up", run: (page) => page.pan(0, -80) },
  { keys: ["Enter"], does: "open the code", run: (page) => page.openActive(false) },
  { keys: ["Shift+Enter"], does: "open the code and stay here", run: (page) => page.openActive(true) },
  { keys: ["e"], does: "next edge of this node", run: (page) => page.nextEdge() },
  { keys: ["n"], does: "next finding", run: (page) => page.nextFinding(1) },
  { keys: ["p"], does: "previous finding", run: (page) => page.nextFinding(-1) },
  { keys: ["f"], does: "show this node and its neighbours alone", run: (page) => page.focusActive() },
  { keys: ["/"], does: "search", run: (page) => page.search() },
  { keys: ["0"], does: "fit the window", run: (page) => page.fit() },
  { keys: ["1"], does: "real size", run: (page) => page.realSize() },
  { keys: ["+", "="], does: "zoom in", run: (page) => page.zoom(1.25) },
  { keys: ["-"], does: "zoom out", run: (page) => page.zoom(0.8) },
  { keys: ["o"], does: "show or hide the outline", run: (page) => page.toggleOutline() },
  { keys: ["x"], does: "export as SVG", run: (page) => page.exportAs("svg") },
  { keys: ["?"], does: "show or hide these keys", run: (page) => page.toggleHelp() },
  { keys: ["Escape"], does: "step back", run: (page) => page.back() },
];

/** Chords with Ctrl, Alt and the like belong to the editor and the system. */
export function bindingOf({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): Binding | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const name = shiftKey && key.length > 1 ? `Shift+${key}` : key;
  return bindings.find(({ keys }) => keys.includes(name));
}
