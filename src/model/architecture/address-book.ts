/** Addresses that code reads from the environment, for calls that pick theirs from a table of them at run time. */
import type { Value } from "../../syntax/summary.ts";
import type { Place } from "../finding.ts";
import type { Text } from "../text.ts";
import { textIn } from "../trace/text-of.ts";
import type { Tracer } from "../trace/tracer.ts";
import { walkInstructions, walkValues } from "../trace/walk.ts";
import type { Summaries } from "./manifests.ts";

export interface AddressRead {
  readonly path: string;
  readonly place: Place;
  readonly address: Text;
}

const ADDRESS_NAME = /(?:URL|URI|HOST|ADDR|ADDRESS|ENDPOINT|ORIGIN|BASE|SERVICE|TARGET|DSN|CONNECTION_?STRING)S?$/i;

/** `process.env.ORDERS_URL`, with the default that the code gives it. */
export function addressReads(tracer: Tracer, summaries: Summaries): readonly AddressRead[] {
  const reads: AddressRead[] = [];
  for (const summary of summaries.values()) {
    if (summary.kind !== "code") continue;
    for (const fn of summary.functions) {
      const frame = tracer.frame({ path: summary.path, id: fn.id });
      if (frame === undefined) continue;
      walkInstructions(fn.body, (step) => {
        walkValues(step, (value) => {
          const read = value.kind === "binary" && (value.op === "||" || value.op === "??") ? value.left : value;
          if (!isAddressRead(read)) return;
          reads.push({ path: summary.path, place: { path: summary.path, at: value.at, end: value.end }, address: textIn(tracer, value, frame) });
        });
      });
    }
  }
  return reads;
}

function isAddressRead(value: Value): boolean {
  return value.kind === "member" && ADDRESS_NAME.test(value.name) && value.of.kind === "member" && value.of.name === "env" && value.of.of.kind === "name" && value.of.of.name === "process";
}
