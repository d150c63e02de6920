/** Which node fails how, and the moment that is looked at: what the failure view needs to come back after a reload. */
import type { Fault } from "../protocol/failure.ts";

export const failureKinds = ["silent", "refusing", "slow", "errors", "cold", "broker"] as const;
export type FailureKind = (typeof failureKinds)[number];

export interface Scenario {
  readonly target: string;
  readonly kind: FailureKind;
  readonly slowMs: number;
  readonly percent: number;
  readonly ms: number;
  /** Protection that is tried out. */
  readonly repaired: readonly { readonly edge: string; readonly rule: string }[];
}

export function faultOf({ kind, slowMs, percent }: Scenario): Fault {
  switch (kind) {
    case "refusing":
      return { kind: "down", manner: "refusing" };
    case "slow":
      return { kind: "slow", byMs: slowMs };
    case "errors":
      return { kind: "errors", share: percent / 100 };
    case "cold":
      return { kind: "cold" };
    case "silent":
    case "broker":
      return { kind: "down", manner: "silent" };
  }
}

/** A scenario out of whatever was saved; undefined where it names no node. */
export function readScenario(value: unknown): Scenario | undefined {
  const saved = record(value);
  const kind = failureKinds.find((one) => one === saved["kind"]);
  if (kind === undefined || typeof saved["target"] !== "string") return undefined;
  const number = (name: string, otherwise: number): number => (typeof saved[name] === "number" && Number.isFinite(saved[name]) ? saved[name] : otherwise);
  const repaired = Array.isArray(saved["repaired"]) ? saved["repaired"].map(record) : [];
  return {
    target: saved["target"],
    kind,
    slowMs: number("slowMs", 2000),
    percent: number("percent", 50),
    ms: number("ms", 15_000),
    repaired: repaired.flatMap(({ edge, rule }) => (typeof edge === "string" && typeof rule === "string" ? [{ edge, rule }] : [])),
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
