/** What every request reads from: the analysis that is in force for a file, once it has caught up with the text. */
import { type CancellationToken, type TextDocuments, LSPErrorCodes, ResponseError } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Analysis } from "../engine/analysis.ts";
import type { EditorOptions } from "../protocol/editor.ts";
import type { ClientFeatures } from "./client-features.ts";
import type { Located, Roots } from "./roots.ts";

export interface RequestContext {
  readonly roots: Roots;
  readonly features: ClientFeatures;
  readonly editor: EditorOptions;
  readonly documents: TextDocuments<TextDocument>;
}

export interface Judged extends Located {
  readonly analysis: Analysis;
}

/**
 * The analysis of the text that the client sees; undefined before the first scan has ended, which is not waited for: the
 * light bulb and the hover of every other extension would wait too.
 */
export async function judged(
  uri: string,
  { roots }: RequestContext,
  token?: CancellationToken,
): Promise<Judged | undefined> {
  const located = roots.locate(uri);
  if (located?.root.analysis === undefined) return undefined;
  await located.root.settled();
  if (token?.isCancellationRequested === true) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
  const analysis = located.root.analysis;
  return analysis === undefined || located.root.isStale(located.path) ? undefined : { ...located, analysis };
}
