/** `tsx scripts/screenshots.ts`: the pictures of the README, taken of the example shop in a real VS Code with the packed extension. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openBrowser } from "../test/vscode/host/browser.ts";
import { copyWorkspace, HostServer } from "../test/vscode/host/host-server.ts";

import { Workbench } from "../test/vscode/host/workbench.ts";
import { pack } from "./build/pack.ts";
import { repository } from "./generate/generated-file.ts";

const file = "services/orders/src/orders/checkout.service.ts";
const settings = { "editor.hover.delay": 100, "workbench.colorTheme": "Default Dark Modern", "editor.fontSize": 13 };
const vsix = await pack();
const server = await HostServer.start({ version: "current", vsix: [vsix], driver: "off", settings });
const browser = await openBrowser();
const folder = copyWorkspace(join(repository, "examples", "shop"));
try {
  const workbench = await Workbench.open(browser, server, { folder, file });
  await workbench.untilSquiggles(1);
  await workbench.page.keyboard.press("Control+Shift+M");
  await workbench.page.locator(".markers-panel .monaco-list-row").first().waitFor({ timeout: 30_000 });
  await workbench.word("this.payments.charge", "charge").hover();
  await workbench.page.locator(".monaco-hover:visible", { hasText: "Explain" }).first().waitFor({ timeout: 30_000 });
  await workbench.screenshot(join(repository, "media", "screenshot.png"));
  await workbench.close();
} finally {
  await browser.close();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
