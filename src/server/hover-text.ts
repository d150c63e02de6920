/** The lines of a hover: the finding's three sentences and its evidence, then the effective policy of the call. */
import type { Explanation } from "../engine/analysis.ts";
import type { Finding } from "../model/finding.ts";
import type { Evidence } from "../model/policy.ts";
import { explainCommand } from "../protocol/editor.ts";
import { uriOf } from "./addresses.ts";
import type { DiagnosticContext } from "./diagnostics.ts";

export interface HoverStyle {
  readonly isMarkdown: boolean;
  /** The client has the command that opens a rule's page. */
  readonly isExplainable: boolean;
  /** The client shows the diagnostic's own sentences and places above the hover. */
  readonly isBesideDiagnostics: boolean;
  readonly context: DiagnosticContext;
  /** The file that is hovered over: its places are named by line alone. */
  readonly here: string;
}

export interface HoverSubject {
  readonly findings: readonly Finding[];
  readonly explanation?: Explanation;
}

const mostLines = 14;

/** Policy first where nothing is wrong; the worst finding first where something is. */
export function hoverLines({ findings, explanation }: HoverSubject, style: HoverStyle): readonly string[] {
  const policy = explanation === undefined ? [] : policyLines(explanation, style);
  const [worst, ...others] = findings;
  if (worst === undefined) return policy.slice(0, mostLines);
  const also = others.length === 0 ? [] : [`Also here: ${[...new Set(others.map(({ rule }) => rule))].join(", ")}`];
  const { what, why, instead } = worst.wording;
  const head = [label(worst, style), ...(style.isBesideDiagnostics ? [why] : [what, "", why, instead])];
  const end = [...also, ...explainLine(worst, style)];
  // The evidence gives way before the policy does: it is in the related information, too.
  const room = mostLines - head.length - end.length - Math.min(policy.length, 5);
  const told = style.isBesideDiagnostics ? worst.evidence.filter(({ place }) => place === undefined) : worst.evidence;
  const because = evidenceLines(told, style).slice(0, Math.max(1, room));
  const rest = mostLines - head.length - because.length - end.length;
  return [...head, ...because, ...policy.slice(0, rest), ...end];
}

/** The label, which is never the headline. */
function label({ rule, confidence }: Finding, { isMarkdown }: HoverStyle): string {
  const name = isMarkdown ? `**${rule}**` : rule;
  return confidence === "likely" ? `${name} · likely` : name;
}

function evidenceLines(evidence: readonly Evidence[], style: HoverStyle): readonly string[] {
  return evidence.map(
    (step, index) => `${index === 0 ? "Because " : "and "}${escaped(step.says, style)}${linkTo(step, style)}`,
  );
}

function policyLines({ headline, aspects }: Explanation, style: HoverStyle): readonly string[] {
  const title = style.isMarkdown ? `**${escaped(headline, style)}**` : headline;
  return [title, ...aspects.map(({ name, value, evidence }) => `${name}: ${escaped(value, style)}${because(evidence)}`)];

  /** "Not in the call, not in `http` (http.ts:12), axios has no default" */
  function because(evidence: readonly Evidence[]): string {
    const text = evidence.map((step) => `${escaped(step.says, style)}${linkTo(step, style)}`).join(", ");
    return text === "" ? "" : `. ${/^[a-z]+ /.test(text) ? text.charAt(0).toUpperCase() + text.slice(1) : text}`;
  }
}

function explainLine({ rule }: Finding, { isMarkdown, isExplainable, context }: HoverStyle): readonly string[] {
  // Hovers drop links with an editor's own scheme, and let trusted commands through.
  const command = `command:${explainCommand}?${encodeURIComponent(JSON.stringify([rule]))}`;
  const page = isExplainable ? command : context.rulePage(rule);
  return page === undefined || !isMarkdown ? [] : [`[Explain ${rule}](${page})`];
}

function linkTo({ place }: Evidence, { isMarkdown, context, here }: HoverStyle): string {
  if (place === undefined) return "";
  const line = context.lines.range(place).start.line + 1;
  const name = place.path === here ? `line ${line}` : `${place.path.slice(place.path.lastIndexOf("/") + 1)}:${line}`;
  return isMarkdown ? ` ([${name}](${uriOf(context.folder, place.path)}#L${line}))` : ` (${name})`;
}

/** Text of the workspace stays text: it must not turn into links or images in a hover. */
function escaped(text: string, { isMarkdown }: HoverStyle): string {
  return isMarkdown ? text.replaceAll(/[\\[\]<>*_!]/g, "\\$&") : text;
}
