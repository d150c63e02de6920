import { writeFileSync } from "node:fs";
import { layoutOf, mermaidOf, pictureOf, sceneOf, svgOf } from "../diagram/index.ts";
import { analysed, type Analysed, type AnalysisFlags } from "./analysed.ts";
import type { Output } from "./output.ts";
import { Refusal, status } from "./status.ts";

export const diagramFormats = ["svg", "mermaid", "json"] as const;

export interface DiagramFlags extends AnalysisFlags {
  readonly format: (typeof diagramFormats)[number];
  readonly out?: string;
}

/** `faultline diagram [DIR]` */
export function diagram(folder: string, flags: DiagramFlags, output: Output): Promise<number> {
  return analysed(folder, flags, output, async (result) => {
    const text = await drawn(result, flags.format);
    if (flags.out === undefined) await output.print(text);
    else write(flags.out, text);
    return status.clean;
  });
}

async function drawn({ analysis }: Analysed, format: DiagramFlags["format"]): Promise<string> {
  const scene = sceneOf(analysis.knowledge.model, analysis.findings);
  switch (format) {
    case "svg":
      return svgOf(pictureOf(scene, await layoutOf(scene)));
    case "mermaid":
      return mermaidOf(scene);
    case "json":
      return `${JSON.stringify(scene, null, 2)}\n`;
  }
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new Refusal(`${file} could not be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}
