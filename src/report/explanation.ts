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
  const here = `${subject.place.path}:${texts.line(subject.place)}`;
  const aspects = subject.aspects.map(({ name, value, evidence }) => {
    const because = inWords(evidence, (place) => (`${place.path}:${texts.line(place)}` === here ? undefined : `${place.path}:${texts.line(place)}`));
    return `  ${name.padEnd(widest)}  ${paint.bold(value)}${because === "" ? "" : paint.dim(`. ${because}`)}`;
  });
  const findings = subject.findings.map(({ rule, wording }) => `  ${paint.yellow("▲")} ${wording.what}  ${paint.dim(rule)}`);
  return [paint.bold(subject.headline), paint.cyan(`${subject.place.path}:${texts.line(subject.place)}`), "", ...aspects, ...(findings.length === 0 ? [] : ["", ...findings]), ""].join("\n");
}

/** Evidence as one sentence: "Not in the call, not in `http` (src/http.ts:12), axios has no default". */
export function inWords(evidence: readonly Evidence[], nameOf: (place: Place) => string | undefined): string {
  const parts = evidence.map(({ says, place }) => {
    const name = place === undefined ? undefined : nameOf(place);
    return name === undefined ? says : `${says} (${name})`;
  });
  return asSentence(parts.join(", "));
}

/** A word of the language gets a capital; a name stays as it is. */
function asSentence(text: string): string {
  return /^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
