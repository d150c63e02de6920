import assert from "node:assert/strict";
import { type DocumentSummary, encodeSummary, summarize } from "../../src/syntax/index.ts";
import { bytesOf, printNode } from "./print-summary.ts";

function documentOf(text: string, kind: "yaml" | "json" = "yaml"): DocumentSummary {
  const summary = summarize(`file.${kind}`, kind, bytesOf(text));
  if (summary.kind !== "document") throw new Error(summary.problems[0]?.message);
  return summary;
}

function print(text: string, kind: "yaml" | "json" = "yaml"): string {
  return documentOf(text, kind)
    .documents.map((node) => printNode(node, text))
    .join("\n---");
}

function problems(text: string, kind: "yaml" | "json" = "yaml"): string[] {
  return documentOf(text, kind).problems.map(({ message, at, end }) => `${message} at ${at}-${end}`);
}

describe("YAML documents", () => {
  it("are trees whose scalars know where they stand", () => {
    const text = `services:\n  "api": # note\n    ports: ["8080:80", 9090]\n    replicas: 3\n    init: true\n    empty:\n    text: |\n      two\n      lines\n`;
    assert.equal(
      print(text),
      `
services: 
  api at "api": 
    ports: 
      - "8080:80" at "\\"8080:80\\""
      - 9090 at "9090"
    replicas: 3 at "3"
    init: true at "true"
    empty: null at ""
    text: "two\\nlines\\n" at "|\\n      two\\n      lines\\n"`,
    );
  });

  it("may be several in a file", () => {
    assert.equal(print("a: 1\n---\nb: 2\n---\n"), '\na: 1 at "1"\n---\nb: 2 at "2"\n---null at ""');
  });

  it("have aliases and merge keys resolved, with the spans of what they stand for", () => {
    const text =
      "base: &base { image: node, init: true }\nmore: &more { user: me }\napi:\n  <<: [*base, *more]\n  image: api\ncopy: *base\n";
    assert.equal(
      print(text),
      '\nbase: \n  image: node at "node"\n  init: true at "true"\nmore: \n  user: me at "me"\napi: \n  image: api at "api"\n  init: true at "true"\n  user: me at "me"\ncopy: \n  image: node at "node"\n  init: true at "true"'.replaceAll(
        /: (node|me|api) at/g,
        ': "$1" at',
      ),
    );
  });

  it("keep tagged values as they are written", () => {
    assert.equal(print("url: !Sub 'https://${Host}'\n"), `\nurl: "https://\${Host}" at "'https://\${Host}'"`);
  });

  it("that double themselves again and again are cut off with a problem", () => {
    const lines = [
      "a0: &a0 [x, x]",
      ...Array.from({ length: 40 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`),
    ];
    const summary = documentOf(lines.join("\n"));
    assert.equal(
      summary.problems[0]?.message,
      "Aliases make this document too large to be analysed in full; from here on they are left out",
    );
    assert.ok(encodeSummary(summary).length < 1_000_000);
  });

  it("that contain themselves end there", () => {
    assert.equal(print("a: &a\n  b: *a\n"), '\na: \n  b: null at ""');
  });

  it("that are templates yield nothing, and say why", () => {
    const text = "metadata:\n  {{- with .Values.labels }}\n  labels: {{ toYaml . | nindent 4 }}\n  {{- end }}\n";
    assert.equal(print(text), "");
    assert.match(problems(text).join(), /^This template is not valid YAML until it is rendered/);
  });

  it("that do not parse have one problem, and cost only themselves", () => {
    const text = "a: 1\n---\nb: [1, 2\nc: 3\n---\nd: 4\n";
    assert.deepEqual([problems(text).length, print(text)], [1, '\na: 1 at "1"\n---\nd: 4 at "4"']);
  });
});

describe("JSON documents", () => {
  it("are trees, comments and trailing commas allowed", () => {
    const text = '{ // note\n "a": [1, "b",], "c": { "d": null }, }';
    assert.equal(
      print(text, "json"),
      '\na at "a": \n  - 1 at "1"\n  - "b" at "\\"b\\""\nc at "c": \n  d at "d": null at "null"',
    );
  });

  it("keep what could be read of a broken one", () => {
    const text = '{ "a": 1, "b" 2 }';
    assert.deepEqual(
      [print(text, "json"), problems(text, "json")],
      ['\na at "a": 1 at "1"', ["JSON syntax error: colon expected at 14-15"]],
    );
  });
});
