/** Tells when the cursor came to rest somewhere else, for the map to follow. */
import * as vscode from "vscode";

/** Long enough that holding an arrow key asks once, short enough to seem immediate. */
const restMs = 120;

export function cursorMoves(): vscode.Disposable & { readonly event: vscode.Event<void> } {
  const moved = new vscode.EventEmitter<void>();
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => moved.fire(), restMs);
  };
  const subscriptions = [vscode.window.onDidChangeTextEditorSelection(wait), vscode.window.onDidChangeActiveTextEditor(wait)];
  return {
    event: moved.event,
    dispose: () => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
      moved.dispose();
    },
  };
}
