/** All that is known of one thing on the map, for the sheet beside it. Links are numbers: only the server turns one into a place. */
import type { SceneMark } from "./scene.ts";

export interface Description {
  readonly id: string;
  readonly title: string;
  /** `service in TypeScript`, `calls over HTTP`. */
  readonly kind: string;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly policy: readonly DescribedAspect[];
  /** Call sites of an edge, endpoints of a service, places of a store. */
  readonly places: { readonly title: string; readonly entries: readonly DescribedPlace[] };
  readonly findings: readonly DescribedFinding[];
  /** Why it is believed to be there. */
  readonly evidence: readonly DescribedStep[];
}

export interface DescribedAspect {
  readonly name: string;
  readonly value: string;
  readonly tone: SceneMark["tone"];
  readonly evidence: readonly DescribedStep[];
}

export interface DescribedStep {
  readonly says: string;
  readonly link?: Link;
}

export interface DescribedPlace {
  readonly text: string;
  readonly marks: readonly SceneMark[];
  readonly link: Link;
}

export interface DescribedFinding {
  readonly id: string;
  readonly rule: string;
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly what: string;
  readonly why: string;
  readonly instead: string;
  readonly link: Link;
  /** Titles of the fixes that it offers. */
  readonly fixes: readonly string[];
}

/** The number of a place, and how it is written for people: `services/orders/src/charge.ts:14`. */
export interface Link {
  readonly number: number;
  readonly text: string;
}
