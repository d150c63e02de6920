import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, FrameLocator, Locator } from "playwright-core";
import { repository } from "../../../scripts/generate/generated-file.ts";
import { openBrowser } from "../host/browser.ts";
import { copyWorkspace, HostServer } from "../host/host-server.ts";
import { pack } from "../../../scripts/build/pack.ts";
import { Workbench } from "../host/workbench.ts";

const shots = join(repository, "artifacts", "ui");
const openedFile = "services/notifications/src/main.ts";

describe("a person at the map of the example system", function () {
  this.timeout(180_000);
  let browser: Browser;
  let server: HostServer;
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    const vsix = await pack();
    server = await HostServer.start({ version: "current", vsix: [vsix], driver: "off", settings: {} });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  beforeEach(async () => {
    folder = copyWorkspace(join(repository, "examples", "shop"));
    workbench = await Workbench.open(browser, server, { folder, file: openedFile });
    await workbench.runCommand("Faultline: Show Architecture");
    await node("gateway").waitFor({ timeout: 60_000 });
  });
  afterEach(async function () {
    await workbench.screenshot(join(shots, `map-${this.currentTest?.title.replace(/\W+/g, "-") ?? "test"}.png`));
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("finds a service by name and opens its code, by keyboard alone", async () => {
    await tree().focus();
    await workbench.page.keyboard.press("/");
    await workbench.page.keyboard.type("payments");
    await map().locator(".thing.found", { hasText: "payments" }).first().waitFor();
    await workbench.page.keyboard.press("Enter");
    await workbench.page.keyboard.press("e");
    await map().locator(".edge").first().waitFor();
    assert.match(await activeLabel(), /^payments /);
    await workbench.page.keyboard.press("Enter");
    await workbench.page.locator(".tab.active", { hasText: ".ts" }).first().waitFor();
    await workbench.page.locator(".breadcrumbs-below-tabs, .monaco-breadcrumbs", { hasText: "payments" }).first().waitFor({ timeout: 20_000 });
  });

  it("says the same in words to whoever does not see it", async () => {
    const labels = await map().locator("[role=treeitem]").evaluateAll((items) => items.map((item) => item.getAttribute("aria-label") ?? ""));
    assert.ok(labels.some((label) => /^orders, service, TypeScript · 4 endpoints, \d+ findings$/.test(label)), labels.join("\n"));
    assert.ok(labels.some((label) => /^gateway calls over HTTP reporting: no deadline; /.test(label)), labels.join("\n"));
  });

  it("follows an edit that is not saved, with the other nodes in their places", async () => {
    const before = await placeOf("orders");
    await workbench.editor.locator(".view-line").first().click();
    await workbench.page.keyboard.press("Control+End");
    await workbench.page.keyboard.type('\nfetch("https://api.newcomer.example/x");\n');
    await node("api.newcomer.example").waitFor({ timeout: 30_000 });
    assert.equal(await placeOf("orders"), before);
    assert.match((await map().locator("[role=status]").textContent()) ?? "", /^Updated: \d+ /);
  });

  it("shows the call under the cursor", async () => {
    await workbench.page.locator(".editor-instance .view-line").first().click();
    await workbench.runCommand("Faultline: Reveal in Architecture");
    await map().locator(".thing.active").first().waitFor({ timeout: 20_000 });
    assert.match(await activeLabel(), /notifications/);
  });

  function map(): FrameLocator {
    return workbench.webview;
  }

  function tree(): Locator {
    return map().locator("[role=tree]");
  }

  function node(name: string): Locator {
    return map().locator(".thing", { has: workbench.page.locator(`.node .name >> text="${name}"`) }).first();
  }

  async function placeOf(name: string): Promise<string> {
    return node(name).evaluate((element) => element.getAttribute("style") ?? "");
  }

  async function activeLabel(): Promise<string> {
    const id = await tree().getAttribute("aria-activedescendant");
    return (await map().locator(`#${id ?? "none"}`).getAttribute("aria-label")) ?? "";
  }
});
