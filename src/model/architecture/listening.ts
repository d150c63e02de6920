/** Ports that code listens on: `app.listen(8083)`, `app.listen(process.env.PORT ?? 8083)`. */
import type { Service } from "../architecture.ts";
import { evaluate } from "./addresses.ts";
import type { Placed } from "./facts.ts";
import type { ServiceMap } from "./services.ts";

/** The map with these ports, beside those that manifests name. */
export function withListening(map: ServiceMap, placed: readonly Placed[]): ServiceMap {
  const ports = new Map<string, readonly number[]>();
  for (const { site, service } of placed) {
    if (site.effect !== "listen") continue;
    const { value } = evaluate(site.target, service, map);
    if (/^\d{2,5}$/.test(value)) ports.set(service.id, [...(ports.get(service.id) ?? service.ports), Number(value)]);
  }
  return ports.size === 0 ? map : { ...map, portsOf: (service: Service) => ports.get(service.id) ?? map.portsOf(service) };
}
