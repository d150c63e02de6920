/** JSON that `faultline diagram --format json` or `faultline model --format json` wrote, perhaps edited by hand since. */
import { parseTree, type Node, type ParseError } from "jsonc-parser";
import { Unreadable, type Declared, type DeclaredElement, type DeclaredRelation } from "./declared.ts";

export function readFaultlineJson(text: string): Declared {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  const [error] = errors;
  if (error !== undefined) throw new Unreadable("This file is not valid JSON from here on.", { at: error.offset, end: error.offset + Math.max(1, error.length) });
  if (root?.type !== "object") throw new Unreadable(strange, { at: 0, end: Math.min(1, text.length) });
  if (child(root, "nodes") !== undefined) return scene(root);
  if (child(root, "services") !== undefined) return report(root);
  throw new Unreadable(strange, { at: root.offset, end: root.offset + 1 });
}

const strange = "This is not what `faultline diagram --format json` or `faultline model --format json` writes: there are neither `nodes` nor `services`.";

function scene(root: Node): Declared {
  const elements = items(root, "nodes").map((node): DeclaredElement => ({ id: text(node, "id"), name: text(node, "name"), kind: text(node, "kind"), hints: [], meant: text(node, "id"), ...span(node) }));
  return { elements, relations: relations(root, elements, ({ id }) => id), start: span(child(root, "nodes") ?? root) };
}

const lists = [["services", "service"], ["stores", "store"], ["brokers", "broker"], ["channels", "channel"], ["externals", "external"]] as const; // prettier-ignore

/** Ends are names there. One that a service and a store share is taken for the service as a source. */
function report(root: Node): Declared {
  const elements = lists.flatMap(([list, kind]) => items(root, list).map((node): DeclaredElement => ({ id: `${kind}:${text(node, "name")}`, name: text(node, "name"), kind, hints: [kind], ...span(node) })));
  const ofChannels = items(root, "channels").flatMap((node): readonly DeclaredRelation[] => {
    const channel = `channel:${text(node, "name")}`;
    const named = (list: string): readonly string[] => items(node, list).map(({ value }) => `service:${String(value)}`);
    return [...named("producers").map((from) => ({ from, to: channel, ...span(node) })), ...named("consumers").map((to) => ({ from: channel, to, ...span(node) }))];
  });
  return { elements, relations: [...relations(root, elements, ({ name }) => name), ...ofChannels], start: span(child(root, "services") ?? root) };
}

function relations(root: Node, elements: readonly DeclaredElement[], key: (element: DeclaredElement) => string): readonly DeclaredRelation[] {
  return items(root, "edges").flatMap((edge) => {
    const kind = child(edge, "kind")?.value;
    const find = (end: "from" | "to"): string => {
      const wanted = text(edge, end);
      const found = elements.filter((element) => key(element) === wanted);
      const fitting = found.find((element) => element.kind === (end === "from" ? "service" : kind === "db" ? "store" : kind === "event" ? "broker" : "service")) ?? found[0];
      if (fitting === undefined) throw new Unreadable(`\`${wanted}\` is used here and declared nowhere.`, span(child(edge, end) ?? edge));
      return fitting.id;
    };
    return [{ from: find("from"), to: find("to"), ...span(edge) }];
  });
}

function child(node: Node, key: string): Node | undefined {
  return node.children?.find((property) => property.children?.[0]?.value === key)?.children?.[1];
}

function items(node: Node, key: string): readonly Node[] {
  const list = child(node, key);
  if (list !== undefined && list.type !== "array") throw new Unreadable(`\`${key}\` is a list.`, span(list));
  return list?.children ?? [];
}

function text(node: Node, key: string): string {
  const value = child(node, key);
  if (typeof value?.value !== "string") throw new Unreadable(`\`${key}\` is missing here, or is no text.`, span(value ?? node));
  return value.value;
}

/** The first line's worth: a whole object would underline half of the file. */
function span(node: Node): { readonly at: number; readonly end: number } {
  const name = child(node, "name") ?? child(node, "id") ?? child(node, "from");
  if (node.type !== "object") return { at: node.offset, end: node.offset + (node.type === "array" ? 1 : node.length) };
  return name === undefined ? { at: node.offset, end: node.offset + 1 } : { at: name.offset, end: name.offset + name.length };
}
