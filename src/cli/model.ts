import { modelMermaid, modelReport, modelTree } from "../report/index.ts";
import { analysed, type Analysed, type AnalysisFlags } from "./analysed.ts";
import type { Output } from "./output.ts";
import { status } from "./status.ts";

export const modelFormats = ["tree", "json", "mermaid"] as const;

export interface ModelFlags extends AnalysisFlags {
  readonly format: (typeof modelFormats)[number];
}

/** `faultline model [DIR]` */
export function model(folder: string, flags: ModelFlags, output: Output): Promise<number> {
  return analysed(folder, flags, output, async (result) => {
    await output.print(text(result, flags.format, output));
    return status.clean;
  });
}

function text({ session, analysis }: Analysed, format: ModelFlags["format"], output: Output): string {
  const { model } = analysis.knowledge;
  switch (format) {
    case "tree":
      return modelTree(model, output);
    case "json":
      return `${JSON.stringify(modelReport(model, (path) => session.read(path)), null, 2)}\n`;
    case "mermaid":
      return modelMermaid(model);
  }
}
