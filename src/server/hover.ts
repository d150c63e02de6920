/** `textDocument/hover`: why it is flagged, and what protects the call under the cursor. At most fourteen lines. */
import { MarkupKind, type CancellationToken, type Hover, type HoverParams } from "vscode-languageserver/node";
import { explainCommand } from "../protocol/editor.ts";
import { judged, type RequestContext } from "./request.ts";
import { hoverLines, type HoverStyle } from "./hover-text.ts";
import { shownFindings } from "./view.ts";

export async function hover(
  params: HoverParams,
  request: RequestContext,
  token: CancellationToken,
): Promise<Hover | null> {
  const at = await judged(params.textDocument.uri, request, token);
  const document = at?.root.lines.document(at.path);
  if (at === undefined || document === undefined) return null;
  const { root, path, analysis } = at;
  const offset = document.offsetAt(params.position);
  const findings = shownFindings(analysis, root.settings).filter(
    ({ place }) => place.path === path && place.at <= offset && offset <= place.end,
  );
  const explanation = root.session.explain(path, offset);
  const place = findings[0]?.place ?? explanation?.place;
  if (place === undefined) return null;
  const isMarkdown = request.features.markdown;
  const style: HoverStyle = {
    isMarkdown,
    isBesideDiagnostics: request.editor.hoverShowsDiagnostics,
    isExplainable: request.editor.commands.includes(explainCommand),
    context: request.roots.contextOf(root),
    here: path,
  };
  const lines = hoverLines({ findings, ...(explanation === undefined ? {} : { explanation }) }, style);
  return {
    range: root.lines.range(place.path === path ? place : { path, at: offset, end: offset }),
    // Two spaces break a line in Markdown without opening a paragraph.
    contents: {
      kind: isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText,
      value: lines.join(isMarkdown ? "  \n" : "\n"),
    },
  };
}
