/** A duration as people write it in code: `10_000`, or seconds where the client counts so. */
export function duration(ms: number, unit: "ms" | "s" = "ms"): string {
  return (unit === "s" ? String(ms / 1_000) : String(ms)).replace(/\B(?=(\d{3})+$)/g, ms >= 10_000 ? "_" : "");
}

/** `timeout.request` → `{ timeout: { request: … } }`, as property → expression. */
export function nested(name: string, value: string): Readonly<Record<string, string>> {
  const [first = name, ...rest] = name.split(".");
  return { [first]: rest.reduceRight((inner, key) => `{ ${key}: ${inner} }`, value) };
}
