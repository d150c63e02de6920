import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { parse as parseJsonc } from "jsonc-parser";
import { ts } from "ts-morph";
import { templateSources, variantSources } from "../../../scripts/generate/templates.ts";
import { instantiate, type Style } from "../../../src/fixes/index.ts";
import { packageTypeErrors, typeErrors } from "../../fixes/workbench.ts";

const HOUSE: Style = {
  quote: '"',
  semicolons: true,
  indent: "  ",
  trailingCommas: true,
  newline: "\n",
  modules: "esm",
  language: "ts",
  extension: "js",
};
const BARE: Style = { ...HOUSE, quote: "'", semicolons: false, indent: "\t", trailingCommas: false, newline: "\r\n" };
const STRICTEST = {
  noPropertyAccessFromIndexSignature: true,
  noImplicitOverride: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  useUnknownInCatchVariables: true,
};

for (const { name, text } of templateSources()) {
  describe(`the template ${name}`, () => {
    it("compiles on its own in the strictest mode", () => {
      assert.deepEqual(typeErrors({ "template.ts": text }, "", STRICTEST), []);
    }).timeout(30_000);

    it("compiles with tabs, single quotes and no semicolons", () => {
      assert.deepEqual(typeErrors({ "template.ts": instantiate(text, BARE) }, "", STRICTEST), []);
    }).timeout(30_000);

    it("needs no package", () => assert.doesNotMatch(text, /\bimport\b|\brequire\(/));

    for (const modules of ["esm", "commonjs"] as const) {
      for (const style of [HOUSE, BARE]) {
        it(`exports the same as ${modules} JavaScript ${style === HOUSE ? "with" : "without"} semicolons`, async () => {
          const code = instantiate(text, { ...style, modules, language: "js" });
          const made = modules === "esm" ? await loadModule(code) : loadCommonJs(code);
          assert.deepEqual(Object.keys(made).sort(), exportedValues(text));
        });
      }
    }

    it("keeps its comments and blank lines in JavaScript", () => {
      const code = instantiate(text, { ...HOUSE, language: "js" });
      assert.deepEqual([/\n\n\n/.test(code), code.startsWith("/**"), /-blank-line-/.test(code)], [false, true, false]);
    });
  });
}

const onLibrary = new Set(variantSources().map(({ name }) => `fl-${name}`));

for (const { name, text } of variantSources()) {
  describe(`the template ${name}`, () => {
    it("compiles on its own, beside its library, in the strictest mode", () => {
      assert.deepEqual(packageTypeErrors("template.ts", text, STRICTEST), []);
    }).timeout(60_000);

    it("needs no package but its library", () => {
      const packages = [...text.matchAll(/\bfrom "([^"]+)"/g)].map(([, from]) => from);
      assert.deepEqual([packages.length, packages.some((from) => from?.startsWith("."))], [1, false]);
    });
  });
}

interface Snippet {
  readonly prefix: string;
  readonly body: readonly string[];
}

for (const language of ["typescript", "javascript"] as const) {
  const url = new URL(`../../../snippets/${language}.code-snippets`, import.meta.url);
  const snippets = Object.values(parseJsonc(readFileSync(url, "utf8")) as Record<string, Snippet>);

  describe(`the ${language} snippets`, () => {
    it("have a prefix for each template that stands alone", () => {
      const prefixes = snippets.map((snippet) => snippet.prefix).sort();
      assert.deepEqual(prefixes.filter((prefix) => !onLibrary.has(prefix)), ["fl-bulkhead", "fl-circuit-breaker", "fl-read-model", "fl-retry", "fl-saga", "fl-timeout"]);
    });

    it("have a prefix for each library that a template is written for", () => {
      assert.deepEqual([...onLibrary].filter((prefix) => !snippets.some((snippet) => snippet.prefix === prefix)), []);
    });

    for (const { prefix, body } of snippets) {
      it(`compile with their defaults: ${prefix}`, () => {
        const path = language === "typescript" ? "snippet.ts" : "snippet.js";
        const errors = onLibrary.has(prefix) ? packageTypeErrors(path, expand(body.join("\n"))) : typeErrors({ [path]: expand(body.join("\n")) });
        assert.deepEqual(errors, []);
      }).timeout(30_000);

      if (prefix !== "fl-read-model") {
        it(`stop at the policy's values, one after the other: ${prefix}`, () => {
          const stops = [...body.join("\n").matchAll(/(?<!\\)\$\{(\d+):[\d_.]+\}/g)].map((match) => Number(match[1]));
          assert.deepEqual([stops.length > 0, stops], [true, stops.map((_, index) => index + 1)]);
        });
      }
    }
  });
}

/** As an editor inserts a snippet whose tab stops are left alone. */
function expand(body: string): string {
  return body.replace(
    /\\([\\$}])|\$\{\d+:([^}]*)\}|\$0/g,
    (_, escaped?: string, value?: string) => escaped ?? value ?? "",
  );
}

async function loadModule(code: string): Promise<object> {
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as object;
}

function loadCommonJs(code: string): object {
  const module = { exports: {} };
  new Function("module", "exports", code)(module, module.exports);
  return module.exports;
}

function exportedValues(text: string): readonly string[] {
  const file = ts.createSourceFile("template.ts", text, ts.ScriptTarget.Latest, true);
  return file.statements
    .filter(
      (node) =>
        ts.canHaveModifiers(node) &&
        ts.getModifiers(node)?.some((modifier) => modifier.kind === ts.SyntaxKind.ExportKeyword),
    )
    .flatMap((node) => {
      if (ts.isVariableStatement(node)) return node.declarationList.declarations.map((each) => each.name.getText(file));
      return (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name !== undefined
        ? [node.name.text]
        : [];
    })
    .sort();
}
