/** What running a function comes to: sites through calls, closures and wrappers, in program order. */
import type { FunctionRef, Reached, Site } from "../knowledge.ts";
import type { Place } from "../finding.ts";
import type { CallValue, NewValue } from "../../syntax/summary.ts";
import type { CallGraph, GraphEdge } from "./graph.ts";
import { layersOfEdge } from "./contexts.ts";
import { layersOfStep } from "./layers.ts";
import { Cell } from "./ledger.ts";
import { Pending } from "./pending.ts";
import { type ClosureUse, flowOf, isWithin, type Step, type Within } from "./flow.ts";
import { refKey } from "./traced.ts";
import type { Tracer } from "./tracer.ts";

const MAX_DEPTH = 10;
const MAX_SITES = 150;

export interface SiteIndex {
  /** Sites told at a call of the function `key`. */
  readonly at: (call: CallValue | NewValue, key: string) => readonly Site[];
}

/** What one function comes to, for as long as nothing on the way changes. */
class Reach extends Cell {
  reached: readonly Reached[] = [];
}

export function reachOf(tracer: Tracer, graph: CallGraph, index: SiteIndex): (ref: FunctionRef) => readonly Reached[] {
  const memo = new Map<string, Reach>();
  const { pending, ledger } = { pending: new Pending(), ledger: tracer.ledger };
  return reach;

  function reach(ref: FunctionRef): readonly Reached[] {
    const key = refKey(ref);
    // First, for while a function that calls itself is looked at again, what was found before is still there.
    if (pending.comesBack(key)) return [];
    const known = memo.get(key);
    if (known && !known.stale && pending.mayUse(key)) {
      ledger.read(known);
      return known.reached;
    }
    const found = known ?? new Reach();
    const before = ledger.enter(found);
    pending.begin(key);
    const reached = sitesIn(ref, key);
    if (pending.end(key)) {
      found.reached = reached;
      memo.set(key, found);
    } else found.stale = true;
    ledger.leave(before);
    return reached;
  }

  function sitesIn(ref: FunctionRef, key: string): readonly Reached[] {
    const fn = tracer.fn(ref);
    const frame = tracer.frame(ref);
    if (!fn || !frame) return [];
    const edgesAt = edgesByItem(graph.out.get(key) ?? []);
    const { items, steps } = flowOf(fn);
    const found: Reached[] = [];
    for (const item of items) {
      if (found.length >= MAX_SITES) break;
      if (item.kind === "call") {
        for (const site of index.at(item.call, key)) found.push({ site, path: [placeOf(ref, item)], layers: layersOfStep(tracer, item, steps, frame), when: whenOf(item.within), target: site.target, inLoop: isWithin(item.within, "loop") });
      }
      for (const edge of edgesAt.get(item.kind === "call" ? item : item.id) ?? []) if (item.kind === "call" || edge.within === item.within) below(edge, item, found);
    }
    return found;
  }

  function below(edge: GraphEdge, item: Step | ClosureUse, found: Reached[]): void {
    // A wrapper whose call is told here is not told a second time.
    const told = item.kind === "call" ? index.at(item.call, refKey(edge.from)) : [];
    const reached = reach(edge.to).filter(({ path }) => path.length <= MAX_DEPTH);
    const inner = told.length === 0 ? reached : reached.filter(({ site: { raw } }) => !told.some((s) => s.raw.at === raw.at && s.raw.path === raw.path));
    if (inner.length === 0) return;
    const layers = layersOfEdge(tracer, edge);
    const when = onFailure(edge) ? "on-failure" : whenOf(edge.within);
    const looped = isWithin(edge.within, "loop") || iterates(edge);
    const place: Place = { path: edge.from.path, at: edge.call.at, end: edge.call.end };
    for (const r of inner) found.push({ ...r, path: [place, ...r.path], layers: [...layers, ...r.layers], when: combine(when, r.when), inLoop: looped || r.inLoop });
  }
}

/** Edges by the step that they start from; those of a function written in place by its id. */
function edgesByItem(edges: readonly GraphEdge[]): ReadonlyMap<Step | number, readonly GraphEdge[]> {
  const byItem = new Map<Step | number, GraphEdge[]>();
  for (const edge of edges) {
    const list = byItem.get(edge.step ?? edge.to.id);
    if (list) list.push(edge);
    else byItem.set(edge.step ?? edge.to.id, [edge]);
  }
  return byItem;
}

function placeOf(ref: FunctionRef, step: Step): Place {
  return { path: ref.path, at: step.call.at, end: step.call.end };
}

function whenOf(within: Within | undefined): Reached["when"] {
  for (let w = within; w; w = w.up) {
    if (w.kind === "handler") return "on-failure";
    if (w.kind === "finally") return "finally";
  }
  return isWithin(within, "branch") ? "sometimes" : "always";
}

/** `.catch(() => …)`, the second function of `.then` */
function onFailure(edge: GraphEdge): boolean {
  if (edge.kind !== "handed" || edge.call.kind !== "call" || edge.call.callee.kind !== "member") return false;
  const { name } = edge.call.callee;
  return name === "catch" || (name === "then" && edge.within?.kind === "argument" && edge.within.index === 1);
}

function iterates(edge: GraphEdge): boolean {
  return edge.kind === "handed" && edge.call.callee.kind === "member" && /^(map|forEach|flatMap|reduce|filter)$/.test(edge.call.callee.name);
}

function combine(outer: Reached["when"], inner: Reached["when"]): Reached["when"] {
  if (outer === "on-failure" || inner === "on-failure") return "on-failure";
  if (outer === "finally" || inner === "finally") return "finally";
  return outer === "sometimes" || inner === "sometimes" ? "sometimes" : "always";
}
