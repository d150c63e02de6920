import type { Place } from "../model/finding.ts";
import type { Evidence } from "../model/policy.ts";
import { paintFor, type Terminal } from "./terminal.ts";
import { Texts, type ReadText } from "./texts.ts";

/** What is to be told of one call. */
export interface ExplanationSubject {
  readonly place: Place;
  readonly headline: string;
  readonly aspects: readonly { readonly name: string; readonly value: string; readonly evidence: readonly Evidence[] }[];
  readonly findings: readonly { readonly rule: string; readonly wording: { readonly what: string } }[];
}

/** What protects a call, and from where each part of it was read. */
export function explanationText(subject: ExplanationSubject, read: ReadText, terminal: Terminal): string {
  const paint = paintFor(terminal);
  const texts = new Texts(read);
  const widest = Math.max(0, ...subject.aspects.map(({ name }) => name.length));
  const aspects = subject.aspects.flatMap(({ name, value, evidence }) => [
    `  ${name.padEnd(widest)}  ${paint.bold(value)}`,
    ...evidence.map(({ says, place }) => paint.dim(`  ${" ".repeat(widest)}  · ${says}${place === undefined ? "" : `  ${place.path}:${texts.line(place)}`}`)),
  ]);
  const findings = subject.findings.map(({ rule, wording }) => `  ${paint.yellow("▲")} ${wording.what}  ${paint.dim(rule)}`);
  return [paint.bold(subject.headline), paint.cyan(`${subject.place.path}:${texts.line(subject.place)}`), "", ...aspects, ...(findings.length === 0 ? [] : ["", ...findings]), ""].join("\n");
}
