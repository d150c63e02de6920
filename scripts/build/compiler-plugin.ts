import type { Plugin } from "esbuild";
import * as morph from "ts-morph";

/**
 * Law 8: one copy of the compiler, in a file of its own (`compiler.cjs`), together with the parser that stands on it.
 * Whatever else imports `ts-morph` gets a front that loads that file at the first use, so that a warm start never does.
 */
export const compilerOnDemand: Plugin = {
  name: "compiler-on-demand",
  setup(build) {
    build.onResolve({ filter: /^ts-morph$/ }, () => ({ path: "ts-morph", namespace: "on-demand" }));
    build.onResolve({ filter: /^\.\/parse\.ts$/ }, () => ({ path: "parse", namespace: "on-demand" }));
    build.onResolve({ filter: /^faultline-compiler$/ }, () => ({ path: "./compiler.cjs", external: true }));
    build.onLoad({ filter: /^ts-morph$/, namespace: "on-demand" }, () => ({ contents: morphFront(), loader: "js" }));
    build.onLoad({ filter: /^parse$/, namespace: "on-demand" }, () => ({
      contents: `module.exports = require("faultline-compiler").parser;`,
      loader: "js",
    }));
  },
};

/** Getters only: esbuild's own import helpers pass them on without asking them. */
function morphFront(): string {
  const names = JSON.stringify(Object.keys(morph).filter((name) => name !== "default"));
  return `for (const name of ${names}) Object.defineProperty(exports, name, { enumerable: true, get: () => {
    const compiler = require("faultline-compiler");
    return name === "ts" ? compiler.ts : compiler.morph[name];
  } });`;
}

/** Inside `compiler.cjs`: what only parses gets the bare compiler, without the rest of ts-morph and its library files. */
export const bareCompiler: Plugin = {
  name: "bare-compiler",
  setup(build) {
    build.onResolve({ filter: /^ts-morph$/ }, ({ importer }) =>
      importer.endsWith(".ts") ? { path: "compiler", namespace: "bare" } : undefined,
    );
    build.onLoad({ filter: /^compiler$/, namespace: "bare" }, () => ({
      contents: flatCompiler,
      resolveDir: build.initialOptions.absWorkingDir ?? ".",
      loader: "js",
    }));
  },
};

/**
 * The compiler's exports are getters, two deep, and the parser asks for them at every node. As the prototype of an object
 * their values are kept where the engine finds them fastest.
 */
const flatCompiler = `
  import compiler from "@ts-morph/common/dist/typescript.js";
  const flat = Object.create(null);
  for (const name of Object.keys(compiler)) flat[name] = compiler[name];
  export const ts = Object.create(flat);
`;

/** Entry of `compiler.cjs`. */
export const compilerEntry = `
  exports.ts = require("@ts-morph/common/dist/typescript.js");
  exports.parser = require("./src/engine/parse.ts");
  Object.defineProperty(exports, "morph", { enumerable: true, get: () => require("ts-morph") });
`;
