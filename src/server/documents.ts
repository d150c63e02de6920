/** What the user types: text that is not saved wins over the disk. */
import type { TextDocuments } from "vscode-languageserver/node";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Change } from "../engine/analysis.ts";
import type { Root } from "./root.ts";
import type { Roots } from "./roots.ts";

export function watchDocuments(documents: TextDocuments<TextDocument>, roots: Roots): void {
  // Fires for a document that opens, too.
  documents.onDidChangeContent(({ document }) => {
    for (const { root, path } of roots.holders(document.uri)) typed(root, { path, text: document.getText() });
  });
  documents.onDidSave(({ document }) => {
    for (const { root, path } of roots.holders(document.uri))
      if (root.settings.run === "onSave") root.change([{ path, text: document.getText() }]);
  });
  documents.onDidClose(({ document }) => {
    for (const { root, path } of roots.holders(document.uri)) typed(root, { path });
  });
}

function typed(root: Root, change: Change): void {
  // Closing a file with unsaved text gives the disk its say back: that is worth a run in `onSave`, as saving is.
  const runs = root.settings.run === "onType" || (root.settings.run === "onSave" && change.text === undefined);
  if (runs) root.change([change]);
  else root.hold([change]);
}
