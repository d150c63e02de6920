/** The VS Code front door; the only room that imports `vscode`. Knows the editor and the protocol, nothing of analysis. */
export { activate, deactivate, type Api } from "./extension.ts";
