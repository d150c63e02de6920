import type { Value } from "./summary.ts";

/** `axios.post`, `this.http.get`; `?` stands for what is no name. */
export function chainOf(value: Value): string {
  switch (value.kind) {
    case "name":
      return value.name;
    case "member":
      return `${chainOf(value.of)}.${value.name}`;
    case "index":
      return value.key.kind === "const" && typeof value.key.value === "string"
        ? `${chainOf(value.of)}.${value.key.value}`
        : "?";
    default:
      return "?";
  }
}
