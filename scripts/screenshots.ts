/** `tsx scripts/screenshots.ts`: the pictures of the README, taken of the example shop in a real VS Code with the packed extension. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "../test/vscode/host/browser.ts";
import { copyWorkspace, HostServer } from "../test/vscode/host/host-server.ts";

import { Workbench } from "../test/vscode/host/workbench.ts";
import { pack } from "./build/pack.ts";
import { repository } from "./generate/generated-file.ts";

const file = "services/orders/src/orders/checkout.service.ts";
const settings = { "editor.hover.delay": 100, "workbench.colorTheme": "Default Dark Modern", "editor.fontSize": 13, "typescript.validate.enable": false };
const vsix = await pack();
const server = await HostServer.start({ version: "current", vsix: [vsix], driver: "off", settings });
const browser = await openBrowser();
const folder = copyWorkspace(join(repository, "examples", "shop"));
try {
  const workbench = await Workbench.open(browser, server, { folder, file });
  await workbench.squiggles.first().waitFor({ timeout: 60_000 });
  await workbench.editor.locator(".view-line").first().click();
  await workbench.page.keyboard.press("Control+g");
  await workbench.page.keyboard.type("34:30");
  await workbench.page.keyboard.press("Enter");
  await workbench.page.keyboard.press("Control+Shift+M");
  await workbench.page.locator(".markers-panel .monaco-list-row").first().waitFor({ timeout: 30_000 });
  await workbench.word("this.payments.charge", "charge").hover();
  await workbench.page.locator(".monaco-hover:visible", { hasText: "saga/no-compensation" }).first().waitFor({ timeout: 30_000 });
  await workbench.screenshot(join(repository, "media", "screenshot.png"));
  await workbench.close();
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
