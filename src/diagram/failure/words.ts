import type { FailureNode } from "./system.ts";

/** A node as a sentence names it: a store often bears the name of its service. */
export function nameOf({ kind, name }: FailureNode): string {
  switch (kind) {
    case "service":
    case "external":
      return name;
    case "store":
    case "cache":
      return `the ${name} store`;
    case "channel":
      return `the ${name} channel`;
    case "broker":
      return `the ${name} broker`;
  }
}

/** With its full stop; a name keeps its letters. */
export function sentence(words: string): string {
  return `${words.startsWith("the ") ? `T${words.slice(1)}` : words}.`;
}
