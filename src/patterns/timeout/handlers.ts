/** Which handler of a service answers a call of another one. */
import type { Service } from "../../model/architecture.ts";
import type { Entry, Knowledge, Site } from "../../model/knowledge.ts";
import type { Text } from "../../model/text.ts";

/** Handlers of `service` that the call reaches by verb and path, or by the name of the RPC; empty where that cannot be told. */
export function handlersFor(knowledge: Knowledge, site: Site, service: Service, kind: "http" | "grpc"): readonly Entry[] {
  const own = knowledge.program.entries.filter((entry) => entry.kind === "request" && knowledge.serviceOf(entry.place.path).some(({ id }) => id === service.id));
  if (kind === "grpc") return own.filter((entry) => nameOf(knowledge, entry) === site.calleeText.split(".").at(-1)?.toLowerCase());
  const segments = segmentsOf(site.target);
  return segments === undefined ? [] : own.filter(({ title }) => answers(title, site.verb, segments));
}

function nameOf(knowledge: Knowledge, entry: Entry): string | undefined {
  return knowledge.program.function(entry.function)?.name.toLowerCase();
}

/** Segments of the path; `undefined` in the list for one that is not known. */
function segmentsOf(target: Text): readonly (string | undefined)[] | undefined {
  const text = target.map((part, index) => (part.is === "known" ? part.text : index === 0 ? "" : "\u0000")).join("");
  const path = text.replace(/^[a-z][a-z+.-]*:\/\/[^/]*/i, "").split(/[?#]/)[0] ?? "";
  const segments = path.split("/").filter((segment) => segment !== "");
  if (segments.length === 0 || segments.every((segment) => segment.includes("\u0000"))) return undefined;
  return segments.map((segment) => (segment.includes("\u0000") ? undefined : segment.toLowerCase()));
}

/** The route is the path, or the end of it: routers and controllers are mounted under a prefix. */
function answers(title: string, verb: string, segments: readonly (string | undefined)[]): boolean {
  const [method = "", path = ""] = title.split(" ");
  if (!/^(?:ALL|USE)$/.test(method) && method !== verb) return false;
  const route = path.split("/").filter((segment) => segment !== "");
  if (route.length === 0 || route.length > segments.length) return false;
  const tail = segments.slice(segments.length - route.length);
  const isWritten = (segment: string): boolean => !/^[:*{[(]/.test(segment);
  return route.some(isWritten) && route.every((segment, index) => !isWritten(segment) || tail[index] === segment.toLowerCase());
}
