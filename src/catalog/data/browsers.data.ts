/** Browsers that a program drives: what is opened in one stays open until it is closed. */
import type { Library, Shape, TypeFacts } from "../library.ts";
import { classOf, factory, instance, pure } from "../vocabulary.ts";

const page = factory("Page", { async: true, lends: ["close"] });
const browser = factory("Browser", { async: true });
const context = factory("Context", { async: true });

const types: Readonly<Record<string, TypeFacts>> = {
  Launcher: { methods: { "launch,connect,connectOverCDP": browser, launchPersistentContext: context, "*": pure } },
  Browser: {
    methods: {
      newPage: page,
      "newContext,createBrowserContext,createIncognitoBrowserContext,defaultBrowserContext": context,
      "*": pure,
    },
  },
  Context: { methods: { newPage: page, "*": pure } },
  Page: { methods: { "*": pure } },
};

const typeNames: Readonly<Record<string, Shape>> = {
  Browser: classOf("Browser"),
  "BrowserContext,Context": classOf("Context"),
  Page: classOf("Page"),
};

export const puppeteer = {
  package: "puppeteer",
  aliases: ["puppeteer-core", "puppeteer-extra", "@cloudflare/puppeteer"],
  version: "25.3.0",
  title: "Puppeteer",
  category: ["framework"],
  exports: { default: instance("Launcher"), "launch,connect": browser, ...typeNames, "*": pure },
  types,
  source: "puppeteer-core src/common/Puppeteer.ts, src/api/Browser.ts, src/api/Page.ts",
} as const satisfies Library;

export const playwright = {
  package: "playwright",
  aliases: ["playwright-core", "playwright-chromium", "playwright-firefox", "playwright-webkit", "playwright-extra"],
  version: "1.61.0",
  title: "Playwright",
  category: ["framework"],
  exports: { "chromium,firefox,webkit": instance("Launcher"), ...typeNames, "*": pure },
  types,
  source: "playwright-core src/client/browser.ts, src/client/browserContext.ts, src/client/page.ts",
} as const satisfies Library;
