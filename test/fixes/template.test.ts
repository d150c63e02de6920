import assert from "node:assert/strict";
import {
  applyEdits,
  detectStyle,
  importNames,
  orderChanges,
  placeTemplate,
  type Template,
} from "../../src/fixes/index.ts";
import { contextOf, type Files } from "./workbench.ts";

const GREET: Template = {
  name: "greet",
  text: 'export const TIMES = 3;\n\nexport function greet(name: string): string {\n  return "hi " + name;\n}\n',
};

function place(files: Files, path: string, isModule = false): string {
  const text = files[path] ?? "";
  const placed = placeTemplate(contextOf(files, { isModule }), path, detectStyle(text, { path, isModule }), GREET);
  return `${placed.specifier} ${placed.edits.map((edit) => edit.path).join() || "kept"}`;
}

describe("a template's place", () => {
  it("is a folder beside the package's sources", () => {
    assert.equal(
      place({ "src/orders/a.ts": "import './b';\n" }, "src/orders/a.ts"),
      "../resilience/greet src/resilience/greet.ts",
    );
  });

  it("is in the package's root for a package without source folder", () => {
    assert.equal(place({ "index.js": "require('./b')\n" }, "index.js"), "./resilience/greet resilience/greet.js");
  });

  it("has the extension that Node needs", () => {
    const files = { "src/a.mjs": "", "src/b.cjs": "", "src/c.mts": "" };
    assert.deepEqual(
      Object.keys(files).map((path) => place(files, path)),
      [
        "./resilience/greet.mjs src/resilience/greet.mjs",
        "./resilience/greet.cjs src/resilience/greet.cjs",
        "./resilience/greet.mjs src/resilience/greet.mts",
      ],
    );
  });

  it("is the module that is there, however it is formatted and whatever its policy is", () => {
    const there = "export const TIMES = 7\nexport function greet(name: string): string {\n\treturn 'hi ' + name\n}\n";
    assert.equal(place({ "src/a.ts": "", "src/resilience/greet.ts": there }, "src/a.ts"), "./resilience/greet kept");
  });

  it("is never a file that holds something else", () => {
    const files = { "src/a.ts": "", "src/resilience/greet.ts": "export const other = 1;\n" };
    assert.equal(place(files, "src/a.ts"), "./resilience/greet-2 src/resilience/greet-2.ts");
  });
});

function imported(
  text: string,
  path = "src/a.ts",
  specifier = "./greet",
  names: readonly string[] = ["greet"],
): string {
  const { changes, local } = importNames(path, text, detectStyle(text, { path, isModule: false }), {
    specifier,
    names,
  });
  return `${applyEdits(text, orderChanges(changes) ?? [])}// ${names.map(local).join()}`;
}

describe("an import", () => {
  it("goes after the imports that are there", () => {
    assert.equal(
      imported("import a from './a'\n\na()\n"),
      "import a from './a'\nimport { greet } from './greet'\n\na()\n// greet",
    );
  });

  it("joins an import of the module, written with another extension", () => {
    assert.equal(imported('import { a } from "./greet.js";\n'), 'import { a, greet } from "./greet.js";\n// greet');
  });

  it("is not made twice", () => {
    assert.equal(
      imported('import { greet as hello } from "./greet";\n'),
      'import { greet as hello } from "./greet";\n// hello',
    );
  });

  it("does not join an import of types", () => {
    assert.equal(
      imported('import type { A } from "./greet";\n'),
      'import type { A } from "./greet";\nimport { greet } from "./greet";\n// greet',
    );
  });

  it("takes another name where the name is in use", () => {
    assert.equal(
      imported("const greet = 1;\n"),
      'import { greet as greet2 } from "./greet";\n\nconst greet = 1;\n// greet2',
    );
  });

  it("is a require in CommonJS, and joins one", () => {
    assert.deepEqual(
      [
        imported("'use strict'\nconst a = require('./a')\n", "a.js"),
        imported("const { a } = require('./greet')\n", "a.js"),
      ],
      [
        "'use strict'\nconst a = require('./a')\nconst { greet } = require('./greet')\n// greet",
        "const { a, greet } = require('./greet')\n// greet",
      ],
    );
  });

  it("stands below a shebang, directives and the file's head comment", () => {
    assert.deepEqual(
      [
        imported("#!/usr/bin/env node\na();\n"),
        imported("'use strict';\n\nmodule.exports = 1;\n", "a.js"),
        imported("/* Licence */\n\na();\n"),
        imported("/** About a. */\na();\n"),
      ],
      [
        '#!/usr/bin/env node\nimport { greet } from "./greet";\n\na();\n// greet',
        "'use strict';\n\nconst { greet } = require('./greet');\n\nmodule.exports = 1;\n// greet",
        '/* Licence */\n\nimport { greet } from "./greet";\n\na();\n// greet',
        'import { greet } from "./greet";\n\n/** About a. */\na();\n// greet',
      ],
    );
  });
});
