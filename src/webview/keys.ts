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
  { keys: ["Enter"], does: "open the code", run: (page) => page.openActive("go") },
  { keys: ["Shift+Enter"], does: "show the code and stay here", run: (page) => page.openActive("stay") },
  { keys: ["e"], does: "next edge of this node", run: (page) => page.nextEdge() },
  { keys: ["n"], does: "next finding", run: (page) => page.nextFinding(1) },
  { keys: ["p"], does: "previous finding", run: (page) => page.nextFinding(-1) },
  { keys: [" "], does: "open up or fold a service or a group", run: (page) => page.toggleGroup() },
  { keys: ["]"], does: "into the group", run: (page) => page.intoGroup() },
  { keys: ["["], does: "out to the group around it", run: (page) => page.outOfGroup() },
  { keys: ["d"], does: "show this service, or this request, alone", run: (page) => page.enter() },
  { keys: ["u", "Backspace"], does: "up to the level above", run: (page) => page.up() },
  { keys: ["f"], does: "focus on its neighbours; again for more of them", run: (page) => page.focusActive() },
  { keys: ["b"], does: "path: between this node and the next one where you press it", run: (page) => page.pathHere() },
  { keys: ["w"], does: "what if: let this node fail", run: (page) => page.failActive() },
  { keys: ["i"], does: "into the details and back, or show them", run: (page) => page.details() },
  { keys: ["/"], does: "search", run: (page) => page.search() },
  { keys: ["F"], does: "filter", run: (page) => page.toggle("filters") },
  { keys: ["0"], does: "fit the window", run: (page) => page.eye.fit() },
  { keys: ["1"], does: "real size", run: (page) => page.eye.realSize() },
  { keys: ["+", "="], does: "zoom in", run: (page) => page.eye.zoom(1.25) },
  { keys: ["-"], does: "zoom out", run: (page) => page.eye.zoom(0.8) },
  { keys: ["Shift+ArrowLeft"], does: "move the map to the right", run: (page) => page.eye.pan(80, 0) },
  { keys: ["Shift+ArrowRight"], does: "move the map to the left", run: (page) => page.eye.pan(-80, 0) },
  { keys: ["Shift+ArrowUp"], does: "move the map down", run: (page) => page.eye.pan(0, 80) },
  { keys: ["Shift+ArrowDown"], does: "move the map up", run: (page) => page.eye.pan(0, -80) },
  { keys: ["r"], does: "lay everything out anew", run: (page) => page.layOut() },
  { keys: ["o"], does: "show or hide the outline", run: (page) => page.togglePanel("outline") },
  { keys: ["m"], does: "show or hide the minimap", run: (page) => page.togglePanel("minimap") },
  { keys: ["l"], does: "show or hide the legend", run: (page) => page.togglePanel("legend") },
  { keys: ["x"], does: "export what is shown", run: (page) => page.toggle("exports") },
  { keys: ["?"], does: "show or hide these keys", run: (page) => page.toggle("help") },
  { keys: ["Escape"], does: "step back", run: (page) => page.back() },
];

/** Chords with Ctrl, Alt and the like belong to the editor and the system. */
export function bindingOf({ key, shiftKey, ctrlKey, altKey, metaKey }: KeyboardEvent): Binding | undefined {
  if (ctrlKey || altKey || metaKey) return undefined;
  const name = shiftKey && key.length > 1 ? `Shift+${key}` : key;
  return bindings.find(({ keys }) => keys.includes(name));
}
