/** A person's moves in the workbench, through Playwright. */
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import type { HostServer } from "./host-server.ts";

export class Workbench {
  readonly page: Page;
  readonly #folder: string;

  private constructor(page: Page, folder: string) {
    this.page = page;
    this.#folder = folder;
  }

  /** A new window on a folder, with a file of it open. */
  static async open(
    browser: Browser,
    server: HostServer,
    opened: { readonly folder: string; readonly file: string },
  ): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
    const page = await context.newPage();
    await server.enableDriver(page);
    await page.goto(server.url(opened.folder, [["openFile", server.remote(join(opened.folder, opened.file))]]));
    const workbench = new Workbench(page, opened.folder);
    await workbench.editor.locator(".view-lines").waitFor({ timeout: 60_000 });
    return workbench;
  }

  get editor(): Locator {
    return this.page.locator(".editor-instance .monaco-editor").first();
  }

  /** Squiggles of warnings and errors that stand in the visible lines. */
  get squiggles(): Locator {
    return this.editor.locator(".squiggly-warning, .squiggly-error");
  }

  get notifications(): Locator {
    return this.page.locator(".notification-toast");
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  async screenshot(file: string): Promise<void> {
    mkdirSync(dirname(file), { recursive: true });
    await this.page.screenshot({ path: file });
  }

  async typeAtEnd(text: string): Promise<void> {
    await this.editor.locator(".view-line").first().click();
    await this.page.keyboard.press("Control+End");
    await this.page.keyboard.type(text, { delay: 15 });
  }

  /** Waits until exactly so many squiggles are in sight. */
  async untilSquiggles(count: number): Promise<void> {
    await this.squiggles.nth(count - 1).waitFor({ state: "attached", timeout: 30_000 });
    await this.squiggles.nth(count).waitFor({ state: "detached", timeout: 30_000 });
  }

  /** Saves the active editor, and waits until the file on disk satisfies `isRight`. */
  async save(file: string, isRight: (text: string) => boolean): Promise<string> {
    await this.page.keyboard.press("Control+s");
    const tries = 100;
    for (let attempt = 0; attempt < tries; attempt++) {
      const text = readFileSync(join(this.#folder, file), "utf8");
      if (isRight(text)) return text;
      await this.page.waitForTimeout(50);
    }
    throw new Error(`${file} was not saved as expected:\n${readFileSync(join(this.#folder, file), "utf8")}`);
  }

  /** The word in the line, as a place to click or hover. */
  word(line: string, word: string): Locator {
    return this.editor.locator(".view-line", { hasText: line }).first().locator("span span", { hasText: word }).first();
  }

  /** Puts the cursor on a word, waits for the light bulb, and picks the action by keyboard. `onMenu` sees the open menu. */
  async quickFix(place: Locator, title: RegExp, onMenu?: () => Promise<void>): Promise<void> {
    await place.click();
    await this.editor.locator("[class*=light-bulb], [class*=lightbulb]").first().waitFor({ timeout: 30_000 });
    const row = this.page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
    await this.#openMenu(row);
    await onMenu?.();
    const isFocused = (): Promise<boolean> => row.evaluate((element) => element.classList.contains("focused"));
    for (let step = 0; step < 20 && !(await isFocused()); step++) await this.page.keyboard.press("ArrowDown");
    await this.page.keyboard.press("Enter");
    await row.waitFor({ state: "hidden" });
  }

  /** Ticks the changes that VS Code shows for confirmation, and applies them. */
  async acceptPreview(onPreview: () => Promise<void>): Promise<void> {
    const preview = this.page.locator(".bulk-edit-panel");
    const box = preview.locator("input[type=checkbox], .monaco-custom-toggle, .monaco-checkbox").first();
    await box.waitFor({ timeout: 30_000 });
    await onPreview();
    await box.click();
    await preview
      .locator(".monaco-button", { hasText: /^Apply$/ })
      .first()
      .click();
    await preview.waitFor({ state: "hidden" });
  }

  async insertSnippet(prefix: string): Promise<void> {
    await this.page.keyboard.type(prefix, { delay: 30 });
    const row = this.page.locator(".suggest-widget.visible .monaco-list-row", { hasText: prefix }).first();
    await row.waitFor({ timeout: 20_000 });
    await row.click();
  }

  /** The palette knows an extension's commands only once the extension was read: ask again until it does. */
  async runCommand(title: string): Promise<void> {
    const input = this.page.locator(".quick-input-widget input[type=text]").first();
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: title.split(": ").at(-1) ?? title }).first();
    for (let attempt = 0; attempt < 10; attempt++) {
      await this.page.keyboard.press("F1");
      await input.waitFor();
      await input.fill(`>${title}`);
      const isThere = await row.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (isThere) return this.page.keyboard.press("Enter");
      await this.page.keyboard.press("Escape");
    }
    throw new Error(`the palette never showed ${title}`);
  }

  /** The document of a webview: a frame in a frame. */
  get webview(): FrameLocator {
    return this.page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
  }

  /** The menu waits for every provider; while the TypeScript server starts, VS Code may cancel the first request: ask again. */
  async #openMenu(row: Locator): Promise<void> {
    for (let attempt = 0; attempt < 6; attempt++) {
      await this.page.keyboard.press("Control+.");
      const isThere = await row.waitFor({ timeout: 4000 }).then(
        () => true,
        () => false,
      );
      if (isThere) return;
      await this.page.keyboard.press("Escape");
    }
    throw new Error("the action never came");
  }
}
