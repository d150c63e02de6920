/** What can be done with one thing on the map: the buttons of its sheet, with their keys. */
import type { Picture, PictureNode } from "../protocol/scene.ts";
import type { Action } from "./details.ts";
import type { MapPage } from "./map-page.ts";

export function actionsFor(page: MapPage, picture: Picture | undefined, id: string | undefined): readonly Action[] {
  const node = picture?.nodes.find((one) => one.id === id);
  const group = picture?.groups.find((one) => one.id === id);
  const open: Action = { title: "Open code", key: "Enter", run: () => page.openActive("go") };
  const focus: Action = { title: "Neighbours", key: "f", run: () => page.focusActive() };
  if (group !== undefined) return [{ title: "Fold", key: "Space", run: () => page.toggleGroup() }, focus];
  if (node === undefined) return [open, focus];
  return [
    ...(node.kind === "group" ? [] : [open]),
    ...(node.opens === undefined ? [] : [{ title: "Open up", key: "Space", run: () => page.toggleGroup() }]),
    ...(node.enters === "nothing" || picture?.level.id === node.id ? [] : [{ title: node.enters === "service" ? "This service alone" : "Follow the request", key: "d", run: () => page.enter() }]),
    focus,
    ...(canFail(node) ? [{ title: "What if it fails", key: "w", run: () => page.failActive() }] : []),
    { title: "Path…", key: "b", run: () => page.pathHere() },
  ];
}

/** What has a place of its own in the failure model. */
export function canFail({ kind }: PictureNode): boolean {
  return kind !== "endpoint" && kind !== "group";
}
