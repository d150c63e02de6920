import type { ArchitectureModel, Service } from "../model/architecture.ts";
import type { Detection, Finding, Rule, Severity } from "../model/finding.ts";
import type { Knowledge } from "../model/knowledge.ts";
import type { RuleFault } from "./analysis.ts";
import { fingerprinted, type Unprinted } from "./fingerprint.ts";

export interface Verdict {
  readonly findings: readonly Finding[];
  readonly faults: readonly RuleFault[];
  /** ms by rule. */
  readonly timings: Readonly<Record<string, number>>;
}

export interface JudgeOptions {
  /** Whether findings may stand in a file. */
  readonly isInScope: (path: string) => boolean;
  /** Between two rules: gives way to the rest of the program, and throws where the run was cancelled. */
  readonly checkpoint: () => Promise<void>;
  readonly now: () => number;
}

/** Runs every rule that is on, each behind a fence of its own. */
export async function judge(rules: readonly Rule[], knowledge: Knowledge, options: JudgeOptions): Promise<Verdict> {
  const found: Unprinted[] = [];
  const faults: RuleFault[] = [];
  const timings: Record<string, number> = {};
  for (const rule of rules) {
    const setting = severitySetting(rule, knowledge);
    if (setting === "off") continue;
    await options.checkpoint();
    const began = options.now();
    const outcome = runFenced(rule, knowledge, setting);
    if (outcome.ok) found.push(...outcome.findings);
    else faults.push(outcome.fault);
    timings[rule.id] = options.now() - began;
  }
  return { findings: fingerprinted(found.filter((finding) => options.isInScope(finding.place.path))), faults, timings };
}

type Setting = Severity | "off" | undefined;

/** What the user's configuration says of a rule; rules in preview are off until it says something. */
function severitySetting(rule: Rule, knowledge: Knowledge): Setting {
  return knowledge.workspace.configuration.rules[rule.id] ?? (rule.status === "preview" ? "off" : undefined);
}

type Outcome = { readonly ok: true; readonly findings: readonly Unprinted[] } | { readonly ok: false; readonly fault: RuleFault };

function runFenced(rule: Rule, knowledge: Knowledge, setting: Severity | undefined): Outcome {
  let path: string | undefined;
  try {
    const findings: Unprinted[] = [];
    for (const detection of rule.detect(knowledge)) {
      path = detection.place.path;
      findings.push(toFinding(rule, detection, { setting, model: knowledge.model }));
    }
    return { ok: true, findings };
  } catch (error) {
    const { message, stack = "" } = error instanceof Error ? error : new Error(String(error));
    return { ok: false, fault: { rule: rule.id, ...(path === undefined ? {} : { path }), message, stack } };
  }
}

interface Circumstances {
  readonly setting: Severity | undefined;
  readonly model: ArchitectureModel;
}

function toFinding(rule: Rule, detection: Detection<unknown>, { setting, model }: Circumstances): Unprinted {
  const service = serviceAt(model, detection.place.path);
  return {
    ...detection,
    rule: rule.id,
    severity: setting ?? detection.severity ?? rule.severity,
    wording: rule.word(detection.data),
    fixes: rule.fixes(detection.data),
    ...(service === undefined ? {} : { service: service.name }),
  };
}

/** The service whose folder holds a file; the innermost where folders nest. */
export function serviceAt(model: ArchitectureModel, path: string): Service | undefined {
  let innermost: Service | undefined;
  for (const service of model.services) {
    const holds = service.root === "" || path === service.root || path.startsWith(`${service.root}/`);
    if (holds && (innermost === undefined || service.root.length > innermost.root.length)) innermost = service;
  }
  return innermost;
}
