import assert from "node:assert/strict";
import { knowledgeOf, runs } from "../../patterns/detected.ts";

/** What running `flow` reaches, by address. */
async function reached(code: string): Promise<readonly string[]> {
  const knowledge = await knowledgeOf({ "shop/package.json": runs({ axios: "1" }), "shop/index.js": `const axios = require("axios");\n${code}` });
  const { program } = knowledge;
  const callers = program.sites.flatMap((site) => program.callersOf(site.in));
  const refs = [...callers, ...callers.flatMap((caller) => program.callersOf(caller))];
  const flow = refs.find((ref) => program.function(ref)?.name === "flow");
  return flow === undefined ? [] : program.reach(flow).map((r) => r.site.target.map((part) => (part.is === "known" ? part.text : "?")).join(""));
}

describe("this in a method of an object", () => {
  const one = 'one() { return axios.get("http://stock:1/one"); }';
  it("is the object", async () => assert.deepEqual(await reached(`module.exports = { ${one}, flow() { return this.one(); } };\n`), ["http://stock:1/one"]));
  it("is the object in a function within the method that has no this of its own", async () => {
    assert.deepEqual(await reached(`const stock = { ${one}, flow(ids) { return Promise.all(ids.map(() => this.one())); } };\nmodule.exports = stock;\n`), ["http://stock:1/one"]);
  });
  it("is the object that a function gives", async () => assert.deepEqual(await reached(`const make = () => ({ ${one}, async flow() { await this.one(); } });\nmodule.exports = make();\n`), ["http://stock:1/one"]));
  it("is nothing that is known in a function of its own", async () => assert.deepEqual(await reached(`const stock = { ${one} };\nfunction flow() { return this.one(); }\nmodule.exports = { stock, flow };\n`), ["http://stock:1/one"].slice(1)));
});
