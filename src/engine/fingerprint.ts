import { createHash } from "node:crypto";
import type { Finding } from "../model/finding.ts";
import { compareText } from "./order.ts";

export type Unprinted = Omit<Finding, "fingerprint">;

/**
 * Sorts findings and gives each the name that it keeps across runs. Lines play no part in it; equals are told apart by
 * their order in the file alone.
 */
export function fingerprinted(findings: readonly Unprinted[]): readonly Finding[] {
  const seen = new Map<string, number>();
  return [...findings].sort(compareFindings).map((finding) => {
    const key = JSON.stringify([finding.rule, finding.place.path, finding.symbol, finding.anchor]);
    const ordinal = seen.get(key) ?? 0;
    seen.set(key, ordinal + 1);
    return { ...finding, fingerprint: createHash("sha256").update(`${key}#${ordinal}`).digest("hex").slice(0, 16) };
  });
}

function compareFindings(a: Unprinted, b: Unprinted): number {
  return (
    compareText(a.place.path, b.place.path) ||
    a.place.at - b.place.at ||
    compareText(a.rule, b.rule) ||
    a.place.end - b.place.end ||
    compareText(a.anchor, b.anchor) ||
    compareText(a.wording.what, b.wording.what)
  );
}
