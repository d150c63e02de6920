import { writeFileSync } from "node:fs";
import { exportedScene, filteredScene, sceneOf, unknownNames, type SceneFilter } from "../diagram/index.ts";
import { nearest } from "../engine/index.ts";
import type { SceneFormat } from "../protocol/scene-formats.ts";
import type { NodeKind, SceneFinding } from "../protocol/scene.ts";
import { analysed, type Analysed, type AnalysisFlags } from "./analysed.ts";
import { drift } from "./drift.ts";
import { pageOf } from "./explain.ts";
import type { Output } from "./output.ts";
import { Refusal, status } from "./status.ts";

export interface DiagramFlags extends AnalysisFlags {
  readonly format: SceneFormat;
  readonly out?: string;
  /** A declared model: its differences to the code are told, and nothing is drawn. */
  readonly against?: string;
  readonly kind?: readonly NodeKind[];
  readonly service?: readonly string[];
  readonly rule?: readonly string[];
  readonly severity?: SceneFinding["severity"];
  readonly focus?: string;
  readonly depth: number;
}

/** `faultline diagram [DIR]` */
export function diagram(folder: string, flags: DiagramFlags, output: Output): Promise<number> {
  for (const rule of flags.rule ?? []) pageOf(rule);
  return analysed(folder, flags, output, async (result) => {
    if (flags.against !== undefined) return drift(result, { file: flags.against, format: flags.format }, output);
    const text = await drawn(result, flags);
    if (flags.out === undefined) await output.print(text);
    else write(flags.out, text);
    return status.clean;
  });
}

async function drawn({ analysis }: Analysed, flags: DiagramFlags): Promise<string> {
  const scene = sceneOf(analysis.knowledge.model, analysis.findings);
  const filter = filterOf(flags);
  const [unknown] = unknownNames(scene, filter);
  if (unknown !== undefined) {
    const names = scene.nodes.map(({ name }) => name);
    throw new Refusal(`Nothing on the map is called ${unknown}${nearest(unknown, names)}`);
  }
  return exportedScene(filteredScene(scene, filter), flags.format);
}

function filterOf({ kind, service, rule, severity, focus, depth }: DiagramFlags): SceneFilter {
  return {
    ...(kind === undefined ? {} : { kinds: kind }),
    ...(service === undefined ? {} : { services: service }),
    ...(rule === undefined ? {} : { rules: rule }),
    ...(severity === undefined ? {} : { severity }),
    ...(focus === undefined ? {} : { focus: { node: focus, depth } }),
  };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Refusal(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
