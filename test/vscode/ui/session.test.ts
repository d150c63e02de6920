import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { pack } from "../../../scripts/build/pack.ts";
import { repository } from "../../../scripts/generate/generated-file.ts";
import { openBrowser } from "../host/browser.ts";
import { copyWorkspace, HostServer } from "../host/host-server.ts";
import { Workbench } from "../host/workbench.ts";

const shots = join(repository, "artifacts", "ui");
const chargeFile = "services/orders/src/charge.ts";

// One rule alone, so that a squiggle that goes is the one that was fixed.
const userSettings = { "editor.hover.delay": 100, "faultline.rules": { "circuit-breaker/missing": "off" } };

/** A theme, and the class that the workbench bears in it. */
const themes = [
  ["Default Dark Modern", "vs-dark"],
  ["Default Light Modern", "vs"],
  ["Default High Contrast", "hc-black"],
] as const;

describe("a person's session with the packed extension", function () {
  this.timeout(180_000);
  let browser: Browser;
  let server: HostServer;
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    const vsix = await pack();
    server = await HostServer.start({ version: "current", vsix: [vsix], driver: "off", settings: userSettings });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  beforeEach(async () => {
    folder = copyWorkspace(join(repository, "test", "vscode", "workspace", "shop"));
    workbench = await Workbench.open(browser, server, { folder, file: chargeFile });
    await workbench.untilSquiggles(1);
  });
  afterEach(async function () {
    await workbench.screenshot(join(shots, `${this.currentTest?.title.replace(/\W+/g, "-") ?? "test"}.png`));
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("underlines a call as it is typed, fixes it from the light bulb by keyboard, and says nothing more", async () => {
    await workbench.typeAtEnd("\nexport async function refund(): Promise<void> {\nawait fetch(paymentsUrl);\n");
    await workbench.untilSquiggles(2);
    await workbench.quickFix(workbench.word("fetch(paymentsUrl", "fetch"), /^Give this call/, () =>
      workbench.screenshot(join(shots, "light-bulb.png")),
    );
    await workbench.acceptPreview(() => workbench.screenshot(join(shots, "review.png")));
    await workbench.untilSquiggles(1);
    const text = await workbench.save(chargeFile, (saved) => saved.includes("signal"));
    assert.match(text, /await fetch\(paymentsUrl, \{\s*signal: AbortSignal\.timeout\([\d_]+\)/);
    assert.equal(await workbench.notifications.count(), 0);
  });

  it("inserts a snippet with its first value to be typed over", async () => {
    await workbench.typeAtEnd("\n");
    await workbench.insertSnippet("fl-circuit-breaker");
    await workbench.page.keyboard.type("4321");
    await workbench.page.keyboard.press("Escape");
    assert.match(await workbench.save(chargeFile, (saved) => saved.includes("4321")), /windowMs: 4321,/);
  });

  it("opens the rule's page from the finding's code, with no network", async () => {
    await workbench.word("fetch(chargeUrl", "fetch").hover();
    const hover = workbench.page.locator(".monaco-hover:visible");
    await hover.getByText("timeout/missing").first().waitFor({ timeout: 30_000 });
    await workbench.screenshot(join(shots, "hover.png"));
    await hover
      .locator("a.code-link, a", { hasText: /^timeout\/missing$/ })
      .first()
      .click();
    await workbench.webview.locator("h1").first().waitFor({ timeout: 30_000 });
    assert.match((await workbench.webview.locator("h1").first().textContent()) ?? "", /timeout\/missing|deadline/i);
  });

  it("puts the cursor on the reason when a finding is silenced", async () => {
    await workbench.quickFix(workbench.word("fetch(chargeUrl", "fetch"), /^Ignore timeout\/missing here/);
    await workbench.editor.locator(".view-line", { hasText: "faultline-ignore" }).waitFor();
    await workbench.page.keyboard.type("the load balancer cuts at 5 s");
    const text = await workbench.save(chargeFile, (saved) => saved.includes("load balancer"));
    assert.match(
      text,
      /^ {2}\/\/ faultline-ignore timeout\/missing: the load balancer cuts at 5 s\n {2}const response/m,
    );
    await workbench.squiggles.first().waitFor({ state: "detached", timeout: 30_000 });
  });

  for (const [theme, mark] of themes) {
    it(`reads well in ${theme}`, async () => {
      server.configure({ ...userSettings, "workbench.colorTheme": theme });
      await workbench.page.reload();
      await workbench.page.locator(`.monaco-workbench.${mark}`).waitFor({ timeout: 30_000 });
      await workbench.untilSquiggles(1);
      await workbench.page.keyboard.press("Control+Shift+M");
      await workbench.page
        .locator(".markers-panel .monaco-list-row", { hasText: "timeout/missing" })
        .first()
        .waitFor({ timeout: 30_000 });
      await workbench.page.locator('[id="status.languageStatus"]').click();
      await workbench.page
        .locator(".monaco-hover:visible", { hasText: "2 services · 1 finding" })
        .waitFor({ timeout: 30_000 });
      await workbench.screenshot(join(shots, `status-${mark}.png`));
      await workbench.page.keyboard.press("Escape");
      await workbench.word("fetch(chargeUrl", "fetch").hover();
      await workbench.page
        .locator(".monaco-hover:visible", { hasText: "Explain timeout/missing" })
        .waitFor({ timeout: 30_000 });
      assert.equal(await workbench.notifications.count(), 0);
    });
  }
});
