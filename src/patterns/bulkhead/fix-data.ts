/** What the fixes of a fan-out need to know of it. */
import type { FanOut, FunctionRef, Knowledge, Reached } from "../../model/knowledge.ts";
import { type FanOutFixData, type InOrderFixData, LIMIT_LIBRARIES, type LimitLibrary } from "./data.ts";

/** What runs for each item, in one word: the function by its name, else what it calls. */
export function workOf(knowledge: Knowledge, fan: FanOut, first: Reached): string {
  const name = fan.run ? (knowledge.program.function(fan.run)?.name ?? "") : "";
  return name === "" ? (first.site.calleeText.split(".").at(-1) ?? "work") : name;
}

export function fixOf(knowledge: Knowledge, fan: FanOut, work: string): { readonly fix?: FanOutFixData } {
  const { form, run, place } = fan;
  const { program } = knowledge;
  const takesMore = form.work === "named" && run !== undefined && (program.function(run)?.params.length ?? 0) > 1;
  const recursive = run !== undefined && comesBack(knowledge, fan.in);
  const canWrap = form.by !== "flatMap" && (form.by === "push" || (form.work !== "other" && !takesMore)) && !recursive;
  const canReplace = form.direct && (form.by === "map" || form.by === "from");
  if (!canWrap && !canReplace) return {};
  const dependencies = program.dependenciesOf(place.path);
  const libraries = LIMIT_LIBRARIES.filter((name): name is LimitLibrary => name in dependencies).filter((name) => (name === "p-map" || name === "bluebird" ? canReplace && !fan.settlesAll : canWrap));
  return { fix: { path: place.path, settles: place, each: fan.each, work, through: canWrap ? "limiter" : "list", libraries } };
}

/** Whose failures are all waited for is no matter of order. */
export function inOrderOf({ form, settlesAll, place, each, over }: FanOut): { readonly inOrder?: InOrderFixData } {
  return form.by === "map" && form.direct && form.work === "arrow" && !settlesAll ? { inOrder: { path: place.path, settles: place, each, over } } : {};
}

/** A function that calls itself, over however many others. */
function comesBack(knowledge: Knowledge, ref: FunctionRef): boolean {
  const seen = new Set<string>();
  const queue = [...knowledge.program.callersOf(ref)];
  for (let next = queue.shift(); next !== undefined && seen.size < 200; next = queue.shift()) {
    if (next.path === ref.path && next.id === ref.id) return true;
    const key = `${next.path}#${next.id}`;
    if (seen.has(key)) continue;
    seen.add(key);
    queue.push(...knowledge.program.callersOf(next));
  }
  return false;
}
