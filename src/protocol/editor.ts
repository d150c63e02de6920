/** What editor and language server tell each other beyond LSP itself. */
import * as v from "valibot";

/** The slug's severity, or `off`. */
export type RuleLevel = "error" | "warning" | "information" | "hint" | "off";

/** The settings `faultline.*` that a workspace folder has in force. */
export interface EditorSettings {
  readonly enable: boolean;
  readonly run: "onType" | "onSave" | "manual";
  readonly confidence: "likely" | "certain";
  readonly rules: Readonly<Record<string, RuleLevel>>;
  /** Patterns in the manner of `.gitignore`; findings in what they match are not shown. */
  readonly exclude: readonly string[];
}

/** What the client hands over with `initialize`. */
export interface EditorOptions {
  /** Address under which the rules' pages open: `<pages>/retry/no-backoff`. */
  readonly rulePages?: string;
  /** Commands that the client has registered and that code actions may name. */
  readonly commands: readonly string[];
  /** The client shows a finding's own sentences and places beside a hover: the hover need not repeat them. */
  readonly hoverShowsDiagnostics: boolean;
  /** In force where the client does not answer `workspace/configuration`. */
  readonly settings?: unknown;
}

/** State of the whole server, for the status item. */
export interface EditorStatus {
  readonly state: "off" | "busy" | "ready" | "failed";
  readonly services: number;
  readonly findings: number;
  readonly blindSpots: number;
  /** `reading 120 of 412 files` while busy; the reason where failed. */
  readonly detail?: string;
  /** The configuration file that could not be read in full. */
  readonly configuration?: { readonly uri: string; readonly message: string };
}

export const statusMethod = "faultline/status";
export const checkMethod = "faultline/check";
export const explainCommand = "faultline.explainRule";

const level = v.picklist(["error", "warning", "information", "hint", "off"]);
// A field that makes no sense falls back alone, so that one typing mistake does not switch the others off.
const settings = v.fallback(
  v.object({
    enable: v.optional(v.fallback(v.boolean(), true), true),
    run: v.optional(v.fallback(v.picklist(["onType", "onSave", "manual"]), "onType"), "onType"),
    confidence: v.optional(v.fallback(v.picklist(["likely", "certain"]), "likely"), "likely"),
    rules: v.optional(v.fallback(v.record(v.string(), v.fallback(v.nullable(level), null)), {}), {}),
    exclude: v.optional(v.fallback(v.array(v.string()), []), []),
  }),
  { enable: true, run: "onType", confidence: "likely", rules: {}, exclude: [] },
);

const options = v.fallback(
  v.object({
    rulePages: v.optional(v.fallback(v.optional(v.string()), undefined)),
    commands: v.optional(v.fallback(v.array(v.string()), []), []),
    hoverShowsDiagnostics: v.optional(v.fallback(v.boolean(), false), false),
    settings: v.optional(v.unknown()),
  }),
  { commands: [], hoverShowsDiagnostics: false },
);

/** Settings out of whatever the client sent; what is missing or wrong has its default. */
export function readSettings(value: unknown): EditorSettings {
  const read = v.parse(settings, value);
  const rules = Object.entries(read.rules).flatMap(([rule, wanted]) =>
    wanted === null ? [] : [[rule, wanted] as const],
  );
  return { ...read, rules: Object.fromEntries(rules) };
}

/** Initialization options out of whatever the client sent. */
export function readOptions(value: unknown): EditorOptions {
  const { rulePages, ...rest } = v.parse(options, value);
  return rulePages === undefined ? rest : { ...rest, rulePages };
}
