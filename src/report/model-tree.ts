import type { ArchitectureModel, Edge, Resolution, Service } from "../model/architecture.ts";
import { namesOf, policyWords } from "./model-json.ts";
import { paintFor, type Paint, type Terminal } from "./terminal.ts";

/** The architecture as a tree for the terminal: each service with what it offers and whom it calls. */
export function modelTree(model: ArchitectureModel, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const name = namesOf(model);
  const services = model.services.map((service) => serviceText(service, model, { paint, name }));
  const spots = model.blindSpots.length === 0 ? [] : [paint.dim(`${model.blindSpots.length} places could not be understood: faultline model --format json lists them`), ""];
  return services.length === 0 ? "No services were recovered.\n" : [...services, ...resolutionLines(model.resolution, paint), ...spots].join("\n");
}

const MOST_REASONS = 3;

/** How much of what leaves the processes is understood, with the commonest reasons for the rest. */
function resolutionLines(resolution: Resolution | undefined, paint: Paint): readonly string[] {
  if (resolution === undefined || resolution.calls === 0) return [];
  const { calls, targetKnown, deadlineKnown, reasons } = resolution;
  const share = (known: number): string => `${Math.round((100 * known) / calls)} %`;
  const told = (["target", "deadline"] as const).flatMap((of) => reasons.filter((reason) => reason.of === of).slice(0, MOST_REASONS).map(({ count, why }) => paint.dim(`  ${of}: ${count} × ${why}`)));
  return [`Of ${calls} calls that leave a process the target of ${share(targetKnown)} is known, the deadline of ${share(deadlineKnown)}.`, ...told, ""];
}

interface View {
  readonly paint: Paint;
  readonly name: (id: string) => string;
}

function serviceText(service: Service, model: ArchitectureModel, view: View): string {
  const { paint } = view;
  const endpoints = model.endpoints.filter((endpoint) => endpoint.service === service.id || endpoint.service === service.name);
  const edges = model.edges.filter(({ from }) => from === service.id || from === service.name);
  const lines = [...endpoints.map(({ title, kind }) => `${paint.dim(kind)} ${title}`), ...edges.map((edge) => edgeText(edge, view))];
  const body = lines.map((line, at) => `${at === lines.length - 1 ? "└─" : "├─"} ${line}`);
  return [`${paint.bold(service.name)} ${paint.dim(service.root === "" ? "." : service.root)}`, ...body, ""].join("\n");
}

function edgeText(edge: Edge, { paint, name }: View): string {
  const via = edge.via === undefined ? "" : ` via ${edge.via}`;
  const policy = edge.policy === undefined ? undefined : policyWords(edge.policy);
  const protection = policy === undefined ? "" : `  deadline ${policy.deadline}, attempts ${policy.attempts}, breaker ${policy.breaker}`;
  return `${edge.kind} → ${name(edge.to)}${via}${paint.dim(protection)}`;
}
