import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, FrameLocator, Locator } from "playwright-core";
import { repository } from "../../../scripts/generate/generated-file.ts";
import { openBrowser } from "../host/browser.ts";
import { copyWorkspace, HostServer } from "../host/host-server.ts";
import { pack } from "../../../scripts/build/pack.ts";
import { Workbench } from "../host/workbench.ts";
import { hostileSystem, shownName } from "./hostile-system.ts";

const shots = join(repository, "artifacts", "ui");
const openedFile = "services/notifications/src/main.ts";
const axe = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

describe("a person at the map", function () {
  this.timeout(180_000);
  let browser: Browser;
  let server: HostServer;
  let folder: string;
  let workbench: Workbench;

  before(async () => {
    const vsix = await pack();
    server = await HostServer.start({
      version: "current",
      vsix: [vsix],
      driver: "off",
      settings: {},
    });
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await server.stop();
  });
  afterEach(async function () {
    await workbench.screenshot(
      join(
        shots,
        `map-${this.currentTest?.title.replace(/\W+/g, "-") ?? "test"}.png`,
      ),
    );
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
    server.configure({});
  });

  describe("of the example system", () => {
    beforeEach(() =>
      openMap(copyWorkspace(join(repository, "examples", "shop")), "gateway"),
    );

    it("finds a service by name and opens its code, by keyboard alone", async () => {
      await press("/");
      await workbench.page.keyboard.type("payments");
      await map()
        .locator(".thing.found", { hasText: "payments" })
        .first()
        .waitFor();
      await press("Enter", "e");
      await activeIs(/^payments /);
      await press("Enter");
      await workbench.page
        .locator(".tab.active", { hasText: ".ts" })
        .first()
        .waitFor();
      await workbench.page
        .locator(".breadcrumbs-below-tabs, .monaco-breadcrumbs", {
          hasText: "payments",
        })
        .first()
        .waitFor({ timeout: 20_000 });
    });

    it("goes down to a service and to one request and back up, opens groups up and folds them, by keyboard alone", async () => {
      await search("gateway");
      await press("d");
      await node("POST /api/checkout").waitFor();
      assert.equal(await node("notifications").count(), 0);
      await search("POST /api/checkout");
      await press("d");
      await node("POST /charges").waitFor();
      assert.match(
        (await map().locator(".crumbs").textContent()) ?? "",
        /^SystemgatewayPOST \/api\/checkout$/,
      );
      await press("u", "u");
      await node("notifications").waitFor();
      await search("orders service");
      await press(" ");
      await node("PATCH /orders/:id/shipment").waitFor();
      await press(" ");
      await node("PATCH /orders/:id/shipment").waitFor({ state: "detached" });
    });

    it("shows in a sheet what protects a call, why, and where it is made", async () => {
      await search("gateway");
      await press("e");
      await activeIs(/^gateway calls over HTTP /);
      const sheet = map().locator(".details");
      await sheet
        .getByText("Deadline", { exact: true })
        .waitFor({ timeout: 20_000 });
      const text = (await sheet.textContent()) ?? "";
      assert.match(text, /Deadlinenone/);
      assert.match(text, /call site/);
      await press("i");
      await sheet
        .locator("section", { hasText: "call site" })
        .locator("button.link")
        .first()
        .press("Enter");
      await workbench.page
        .locator(".monaco-breadcrumbs", { hasText: "gateway" })
        .first()
        .waitFor({ timeout: 20_000 });
      await press("i");
    });

    it("leaves out what filters say, and lights up neighbours and the path between two nodes", async () => {
      await press("F");
      await map().getByRole("checkbox", { name: "Stores" }).press(" ");
      await node("redis").waitFor({ state: "hidden" });
      await map()
        .locator(".chip-button", { hasText: "without store" })
        .waitFor();
      await press("Escape", "Escape");
      await node("redis").waitFor();
      await search("payments service");
      await press("f");
      await eventually(
        "most are faded",
        async () => (await map().locator(".thing.faded").count()) >= 3,
      );
      await press("Escape");
      await search("gateway");
      await press("b");
      await search("api.northpay.example");
      await press("b");
      await faded("reporting").first().waitFor();
      // The service is on the way; the store of the same name is not.
      assert.equal(await faded("payments").count(), 1);
    });

    it("lets a part fail: it spreads along calls without deadline, and a repair that is tried out stops it", async () => {
      await search("payments service");
      await press("w");
      await note("hanging").first().waitFor({ timeout: 20_000 });
      const hung = await note("hanging").count();
      assert.ok(hung >= 2);
      await map().locator(".said li", { hasText: "orders" }).first().waitFor();
      const fixes = map().locator(".weak li", { hasText: "timeout/missing" });
      for (let at = 0; at < (await fixes.count()); at++)
        await fixes.nth(at).getByLabel("Try it repaired").press(" ");
      await map().locator(".weak input:checked").first().waitFor();
      await eventually(
        "fewer hang",
        async () => (await note("hanging").count()) < hung,
      );
      await map().getByLabel("Time since it failed").press("Home");
      await map().locator("output", { hasText: "0.0 s" }).waitFor();
      await press("Escape");
      await map().locator(".failure").waitFor({ state: "hidden" });
    });

    it("says the same in words to whoever does not see it", async () => {
      await node("orders").waitFor();
      const labels = await map()
        .locator("[role=treeitem]")
        .evaluateAll((items) =>
          items.map((item) => item.getAttribute("aria-label") ?? ""),
        );
      assert.ok(
        labels.some((label) =>
          /^orders, service, TypeScript · 4 endpoints, \d+ findings$/.test(
            label,
          ),
        ),
        labels.join("\n"),
      );
      assert.ok(
        labels.some((label) =>
          /^gateway calls over HTTP reporting: no deadline; /.test(label),
        ),
        labels.join("\n"),
      );
    });

    it("follows an edit that is not saved within a second, with the other nodes in their places", async () => {
      const before = await placeOf("orders");
      await workbench.editor.locator(".view-line").first().click();
      await workbench.page.keyboard.press("Control+End");
      await workbench.page.keyboard.type(
        '\nfetch("https://api.newcomer.example/x");\n',
      );
      await node("api.newcomer.example").waitFor({ timeout: 30_000 });
      assert.equal(await placeOf("orders"), before);
      assert.match(
        (await map().locator("[role=status]").textContent()) ?? "",
        /^Updated: \d+ /,
      );
    });

    it("shows what stands under the cursor, and the service around it", async () => {
      await workbench.page
        .locator(".editor-instance .view-line")
        .first()
        .click();
      await map()
        .locator(".thing.here .name:visible", { hasText: "notifications" })
        .waitFor({ timeout: 20_000 });
      await workbench.runCommand("Faultline: Reveal in Architecture");
      await map().locator(".thing.active").first().waitFor({ timeout: 20_000 });
      assert.match(await activeLabel(), /notifications/);
    });

    it("writes what is on screen to a file, in every format", async () => {
      await press("F");
      await map().getByRole("checkbox", { name: "Stores" }).press(" ");
      await node("redis").waitFor({ state: "hidden" });
      await press("Escape");
      const written: string[] = [];
      for (const [button, file] of [["SVG", "svg"], ["PNG", "png"], ["Mermaid", "mmd"], ["JSON", "json"], ["Structurizr DSL", "dsl"], ["C4 PlantUML", "puml"], ["LikeC4", "c4"]] as const) {
        const content = await exported(button, join(folder, `architecture.${file}`));
        if (file === "png") {
          assert.deepEqual([...content.subarray(0, 8)], [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
          assert.ok(content.readUInt32BE(16) > 1000, "wide enough to be read");
        } else written.push(`${file}: ${["gateway", "orders.placed", "redis", "postgres"].filter((name) => content.toString("utf8").includes(name)).join(", ")}`);
      }
      assert.deepEqual(written, ["svg", "mmd", "json", "dsl", "puml", "c4"].map((file) => `${file}: gateway, orders.placed`));
    });

    it("looks after a reload of the window as it did before: level, open groups, filters, sight, chosen node, failure", async () => {
      await search("orders service");
      await press(" ");
      await node("PATCH /orders/:id/shipment").waitFor();
      await press("F");
      await map().getByRole("checkbox", { name: "Stores" }).press(" ");
      await press("Escape");
      await search("payments service");
      await press("+", "+", "w");
      await map().getByLabel("How it fails").selectOption("refusing");
      await map().locator(".said li", { hasText: "payments" }).first().waitFor({ timeout: 20_000 });
      await map().getByLabel("Time since it failed").press("ArrowRight");
      const before = await arrangement();
      assert.equal(before.clock, "15.3 s");
      await reloadWindow();
      await map().locator(".said li", { hasText: "payments" }).first().waitFor({ timeout: 60_000 });
      assert.deepEqual(await arrangement(), before);
    });

    it("comes back to the level that it was on after a reload of the window", async () => {
      await search("gateway");
      await press("d");
      await node("POST /api/checkout").waitFor();
      await reloadWindow();
      await node("POST /api/checkout").waitFor({ timeout: 60_000 });
      assert.equal(await map().locator(".crumbs").textContent(), "Systemgateway");
      assert.equal(await node("notifications").count(), 0);
    });

    it("is readable in half a window, every name of it", async () => {
      await node("gateway").waitFor();
      const { width } = (await map().locator(".stage").boundingBox()) ?? { width: 0 };
      assert.ok(width > 300 && width < 560, `half a window is ${width} pixels wide`);
      const heights = await map()
        .locator(".thing.node .name")
        .evaluateAll((names) => names.map((name) => name.getBoundingClientRect().height).filter((height) => height > 0));
      assert.ok(heights.length >= 15, `${heights.length} names are drawn`);
      assert.ok(Math.min(...heights) >= 8, `the smallest is ${Math.min(...heights)} pixels high`);
    });

    it("takes a click by a hand that moves a little for a click, and a drag for a drag", async () => {
      const { page } = workbench;
      const box = (await node("gateway").boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await page.mouse.move(x, y);
      await page.mouse.down();
      await page.mouse.move(x + 2, y + 2);
      await page.mouse.up();
      await activeIs(/^gateway, service/);
      // The sheet that opens may move the map.
      const { x: left, y: top } = (await map().locator(".stage").boundingBox()) ?? { x: 0, y: 0 };
      await page.waitForTimeout(300);
      const before = (await node("gateway").boundingBox())?.x ?? 0;
      await page.mouse.move(left + 5, top + 5);
      await page.mouse.down();
      await page.mouse.move(left + 65, top + 5, { steps: 4 });
      await page.mouse.up();
      await eventually("the map has moved with the hand", async () => Math.abs(((await node("gateway").boundingBox())?.x ?? 0) - before - 60) < 3);
      assert.match(await activeLabel(), /^gateway, service/);
    });

    it("gives axe nothing serious to say with outline, filters and failure panel open", async () => {
      await search("payments service");
      await press("o", "w");
      await map().locator(".said li").first().waitFor({ timeout: 20_000 });
      await map().getByRole("button", { name: "Filter (F)" }).press("Enter");
      await map().getByRole("checkbox", { name: "Stores" }).waitFor();
      assert.deepEqual(await violations(), []);
    });

    for (const [theme, mark] of [
      ["Default Light Modern", "vscode-light"],
      ["Default Dark Modern", "vscode-dark"],
      ["Default High Contrast", "vscode-high-contrast"],
      ["Default High Contrast Light", "vscode-high-contrast-light"],
    ] as const) {
      it(`gives axe nothing serious to say in ${theme}`, async () => {
        server.configure({ "workbench.colorTheme": theme });
        await workbench.close();
        await openMap(folder, "gateway");
        await map().locator(`body.${mark}`).waitFor({ timeout: 30_000 });
        await search("gateway");
        await press("e");
        await map()
          .locator(".details section")
          .first()
          .waitFor({ timeout: 20_000 });
        assert.deepEqual(await violations(), []);
        await press("Escape", "w");
        await map().locator(".said li").first().waitFor({ timeout: 20_000 });
        await workbench.screenshot(join(shots, `map-failing-${mark}.png`));
      });
    }
  });

  it("draws names that mean harm as text, loads nothing and runs nothing", async () => {
    const asked: string[] = [];
    await openMap(hostileSystem(), shownName, "services/a/src/main.ts");
    workbench.page.on("request", (request) => asked.push(request.url()));
    await search("onerror");
    await map()
      .locator(".details h2", { hasText: "<img" })
      .waitFor({ timeout: 20_000 });
    await press("d");
    await map().locator(".crumb", { hasText: "<img" }).waitFor();
    await press("u");
    await search("onerror");
    await press("w");
    await map().locator(".said li").first().waitFor({ timeout: 20_000 });
    const loading = map().locator(
      "img, script:not([nonce], #_vscodeApiScript), iframe, object, embed, a[href]",
    );
    assert.deepEqual(
      await loading.evaluateAll((elements) =>
        elements.map(({ outerHTML }) => outerHTML.slice(0, 200)),
      ),
      [],
    );
    assert.equal(
      await map()
        .locator("body")
        .evaluate(() => "harmed" in globalThis),
      false,
    );
    assert.deepEqual(
      asked.filter((url) => url.includes("evil.example")),
      [],
    );
    const policy = await map()
      .locator("meta[http-equiv]")
      .getAttribute("content");
    assert.match(
      policy ?? "",
      /^default-src 'none'; script-src 'nonce-[\w-]+'; style-src 'self' https:[^;']+; img-src data:; base-uri 'none'; form-action 'none'$/,
    );
  });

  async function openMap(
    copied: string,
    first: string,
    file = openedFile,
  ): Promise<void> {
    folder = copied;
    workbench = await Workbench.open(browser, server, { folder, file });
    await workbench.runCommand("Faultline: Show Architecture");
    await node(first).waitFor({ timeout: 60_000 });
    await tree().focus();
  }

  function map(): FrameLocator {
    return workbench.webview;
  }

  function tree(): Locator {
    return map().locator("[role=tree]");
  }

  function node(name: string): Locator {
    return map()
      .locator(".thing:not(.hidden)", {
        has: nameOf(name),
      })
      .first();
  }

  function faded(name: string): Locator {
    return map().locator(".thing.faded", { has: nameOf(name) });
  }

  /** A name is one text, in one line or two. */
  function nameOf(name: string): Locator {
    return workbench.page.locator(".name", { hasText: new RegExp(`^${name.replace(/[^\w ]/g, "\\$&")}$`) });
  }

  function note(text: string): Locator {
    return map().locator(".note", { hasText: text });
  }

  async function press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await workbench.page.keyboard.press(key);
  }

  /** Goes to what the search finds first. */
  async function search(text: string): Promise<void> {
    await tree().focus();
    await press("/");
    await workbench.page.keyboard.type(text);
    await map().locator("#found [role=option]").first().waitFor();
    await press("Enter");
    await map().locator(".thing.active").first().waitFor();
  }

  /** The file that the export button makes once the dialog is answered. */
  async function exported(format: string, file: string): Promise<Buffer> {
    await tree().focus();
    await press("x");
    await map().getByRole("button", { name: `Export as ${format}` }).click();
    const name = workbench.page.locator(".quick-input-widget:visible input[type=text]").first();
    await name.waitFor({ timeout: 20_000 });
    // The dialog comes with a name of its own, a moment after it opens.
    await eventually("a name for the file", async () => (await name.inputValue()) === file);
    await press("Enter");
    await eventually(`${file} is written`, async () => existsSync(file) && statSync(file).size > 0);
    return readFileSync(file);
  }

  /** As a person does it. An address that names a file would open that file alone, and no window as it was. */
  async function reloadWindow(): Promise<void> {
    const { page } = workbench;
    // The page saves what it shows a moment after it was arranged.
    await page.waitForTimeout(500);
    await page.evaluate(`history.replaceState(null, "", ${JSON.stringify(server.url(folder))}); document.documentElement.dataset.isOld = "true";`);
    await workbench.runCommand("Developer: Reload Window");
    await page.locator("html:not([data-is-old]) .monaco-workbench").waitFor({ timeout: 60_000 });
  }

  /** All that somebody has arranged, as it is seen. */
  async function arrangement(): Promise<Readonly<Record<string, unknown>>> {
    return {
      sight: await map().locator(".thing.active").first().boundingBox(),
      crumbs: await map().locator(".crumbs").textContent(),
      chips: await map().locator(".chips").textContent(),
      active: await activeLabel(),
      nodes: [...new Set(await map().locator(".thing:not(.hidden) .name").allTextContents())].toSorted(),
      fault: await map().getByLabel("How it fails").inputValue(),
      clock: await map().locator(".failure output").textContent(),
    };
  }

  async function placeOf(name: string): Promise<string> {
    return node(name)
      .locator(".box")
      .evaluate((box) => ["x", "y"].map((side) => box.getAttribute(side)).join(" "));
  }

  async function activeLabel(): Promise<string> {
    const id = await tree().getAttribute("aria-activedescendant");
    return (
      (await map()
        .locator(`#${id ?? "none"}`)
        .getAttribute("aria-label")) ?? ""
    );
  }

  /** What is active may be said a moment after it is shown. */
  async function activeIs(pattern: RegExp): Promise<void> {
    await eventually(String(pattern), async () =>
      pattern.test(await activeLabel().catch(() => "")),
    );
  }

  async function eventually(
    what: string,
    isSo: () => Promise<boolean>,
  ): Promise<void> {
    for (let attempt = 0; attempt < 200; attempt++) {
      if (await isSo()) return;
      await workbench.page.waitForTimeout(50);
    }
    assert.fail(`never came: ${what}`);
  }

  /** What axe finds serious or critical, each with its first place. */
  async function violations(): Promise<readonly string[]> {
    const frame = await (
      await map().locator("body").elementHandle()
    )?.ownerFrame();
    assert.ok(frame);
    // The page's policy lets no script in: what the debugger evaluates is not the page's.
    await frame.evaluate(axe);
    const found = await frame.evaluate(async () => {
      const { axe: tool } = globalThis as unknown as {
        readonly axe: {
          run(): Promise<{
            readonly violations: readonly {
              readonly id: string;
              readonly impact: string;
              readonly nodes: readonly {
                readonly html: string;
                readonly failureSummary: string;
              }[];
            }[];
          }>;
        };
      };
      // An item of a tree is named by its own words; those of the items beneath it are not among them.
      return (await tool.run()).violations.flatMap(({ id, impact, nodes }) => {
        const [first] = nodes.filter(
          ({ html }) =>
            id !== "label-content-name-mismatch" ||
            !html.startsWith('<li role="treeitem"'),
        );
        return first === undefined
          ? []
          : [{ id, impact, where: `${first.html} ${first.failureSummary}` }];
      });
    });
    return found
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, where }) => `${id}: ${where}`);
  }
});
