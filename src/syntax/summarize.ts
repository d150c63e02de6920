import { summarizeCode } from "./code.ts";
import { decode, isBinary } from "./decode-text.ts";
import { summarizeDockerfile } from "./dockerfile.ts";
import { summarizeEnv } from "./env.ts";
import { summarizeJson } from "./json.ts";
import { summarizeNginx } from "./nginx.ts";
import { mayCallOut, summarizePage } from "./page.ts";
import { summarizePrisma } from "./prisma.ts";
import type { FileSummary, UnreadableSummary } from "./summary.ts";
import { summarizeYaml } from "./yaml.ts";

/** The same choice that `workspace/` makes for each file. */
export type FileKind = "code" | "yaml" | "json" | "prisma" | "dockerfile" | "env" | "nginx";

const megabyte = 1024 * 1024;
export const largestCode = 2 * megabyte;
export const largestDocument = megabyte;

const summarizers = {
  code: summarizeCode,
  yaml: summarizeYaml,
  json: summarizeJson,
  prisma: summarizePrisma,
  dockerfile: summarizeDockerfile,
  env: summarizeEnv,
  nginx: summarizeNginx,
} as const satisfies Record<FileKind, (path: string, text: string) => FileSummary>;

/**
 * Makes of a file's bytes all that the analysis will ever know of it. Law 6: whatever the bytes are, this answers.
 * Of a `page`, an application that browsers run, a file that calls nobody is told in outline.
 */
export function summarize(path: string, kind: FileKind, bytes: Uint8Array, { page = false }: { readonly page?: boolean } = {}): FileSummary {
  const limit = kind === "code" ? largestCode : largestDocument;
  if (bytes.length > limit) {
    const size = (bytes.length / megabyte).toFixed(1);
    return unreadable(
      path,
      `This file is too large to be analysed: ${size} MB, where the limit is ${limit / megabyte} MB`,
    );
  }
  if (isBinary(bytes)) return unreadable(path, "This file is not text, so it is not analysed");
  try {
    const text = decode(bytes);
    return page && kind === "code" && !mayCallOut(text) ? summarizePage(path, text) : summarizers[kind](path, text);
  } catch (error) {
    if (error instanceof RangeError) return unreadable(path, "This file is nested too deeply to be analysed");
    return unreadable(
      path,
      `This file could not be analysed: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

function unreadable(path: string, message: string): UnreadableSummary {
  return { kind: "unreadable", path, problems: [{ message, at: 0, end: 0 }] };
}
