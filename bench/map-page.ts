/** The map's page in a plain Chromium: what VS Code's webview loads, with the editor's side played by a function. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import type { EditorMessage, PageMessage } from "../src/protocol/map.ts";

const dist = join(fileURLToPath(new URL(".", import.meta.url)), "../dist");

export const themes = {
  light: { body: "vscode-light", background: "#ffffff", foreground: "#3b3b3b", widget: "#f8f8f8", border: "#c8c8c8", quiet: "#717171", focus: "#005fb8", input: "#ffffff", button: "#e5e5e5", blue: "#0063d3", purple: "#652d90", green: "#388a34", warning: "#bf8803", error: "#e51400", info: "#0063d3", selected: "#e8e8e8", link: "#005fb8" },
  dark: { body: "vscode-dark", background: "#1f1f1f", foreground: "#cccccc", widget: "#202020", border: "#454545", quiet: "#9d9d9d", focus: "#0078d4", input: "#313131", button: "#313131", blue: "#59a4f9", purple: "#b180d7", green: "#89d185", warning: "#cca700", error: "#f14c4c", info: "#59a4f9", selected: "#04395e", link: "#4daafc" },
} as const;

export interface OpenedPage {
  readonly page: Page;
  send(message: EditorMessage): Promise<void>;
}

/** Opens the page; each of its messages is answered by `answer`. */
export async function openMapPage(browser: Browser, theme: keyof typeof themes, size: { readonly width: number; readonly height: number }, answer: (message: PageMessage) => Promise<readonly EditorMessage[]>): Promise<OpenedPage> {
  const page = await (await browser.newContext({ viewport: size })).newPage();
  const send = async (message: EditorMessage): Promise<void> => {
    await page.evaluate(`window.postMessage(${JSON.stringify(message)}, "*")`);
  };
  await page.exposeFunction("faultlinePost", async (message: PageMessage) => {
    for (const reply of await answer(message)) await send(reply);
  });
  await page.addInitScript("window.acquireVsCodeApi = () => ({ postMessage: (m) => window.faultlinePost(m), getState: () => undefined, setState: () => {} });");
  const { body, background, foreground, widget, border, quiet, focus, input, button, blue, purple, green, warning, error, info, selected, link } = themes[theme];
  const variables: Readonly<Record<string, string>> = {
    "font-family": "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif", "editor-font-family": "monospace", foreground, "editor-foreground": foreground, "editor-background": background,
    descriptionForeground: quiet, "editorWidget-background": widget, "editorWidget-border": border, "charts-blue": blue, "charts-purple": purple, "charts-green": green,
    "editorWarning-foreground": warning, "editorError-foreground": error, "editorInfo-foreground": info, focusBorder: focus, "input-background": input, "input-foreground": foreground, "input-border": border,
    "button-secondaryBackground": button, "button-secondaryForeground": foreground, "list-activeSelectionBackground": selected, "list-activeSelectionForeground": foreground, "textLink-foreground": link,
  }; // prettier-ignore
  const style = Object.entries(variables).map(([name, value]) => `--vscode-${name}:${value}`).join(";");
  await page.route("http://map.test/", (route) =>
    route.fulfill({ contentType: "text/html", body: `<!DOCTYPE html><html lang="en"><head><title>Map</title><style>html{${style};font-family:var(--vscode-font-family);font-size:13px}${readFileSync(join(dist, "webview.css"), "utf8")}</style></head><body class="${body}"><main id="map"></main><script>${readFileSync(join(dist, "webview.js"), "utf8").replaceAll("</script", "<\\/script")}</script></body></html>` }),
  );
  await page.goto("http://map.test/");
  return { page, send };
}
