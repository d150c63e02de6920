/** Reading a YAML or JSON tree without caring whether a value was written short or long. */
import type { MapEntry, Node } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";

/** Entries of a map, with what `<<` merges in; an entry of its own wins over a merged one. */
export function entriesOf(node: Node | undefined): readonly MapEntry[] {
  if (node?.kind !== "map") return [];
  if (!node.entries.some((entry) => entry.key === "<<")) return node.entries;
  const byKey = new Map<string, MapEntry>();
  for (const entry of node.entries) if (entry.key === "<<") for (const merged of mergedEntries(entry.value)) byKey.set(merged.key, merged);
  for (const entry of node.entries) if (entry.key !== "<<") byKey.set(entry.key, entry);
  return [...byKey.values()];
}

function mergedEntries(node: Node): readonly MapEntry[] {
  // Of several merged maps the first wins, so they are laid on in reverse.
  return node.kind === "list" ? [...node.items].reverse().flatMap((item) => entriesOf(item)) : entriesOf(node);
}

/** The node at a path of keys. */
export function nodeAt(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let current = node;
  for (const key of path) current = entriesOf(current).find((entry) => entry.key === key)?.value;
  return current;
}

export function textAt(node: Node | undefined, ...path: readonly string[]): string | undefined {
  return textOf(nodeAt(node, ...path));
}

export function textOf(node: Node | undefined): string | undefined {
  return node?.kind === "scalar" && node.value !== null ? String(node.value) : undefined;
}

export function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "list" ? node.items : [];
}

/** A list of scalars, or a single scalar. */
export function textsOf(node: Node | undefined): readonly string[] {
  const nodes = node?.kind === "list" ? node.items : node === undefined ? [] : [node];
  return nodes.map(textOf).filter((text) => text !== undefined);
}

export function numberOf(node: Node | undefined): number | undefined {
  const text = textOf(node);
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

export function placeOf(path: string, node: { readonly at: number; readonly end: number }): Place {
  return { path, at: node.at, end: node.end };
}
