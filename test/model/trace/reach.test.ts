import assert from "node:assert/strict";
import type { Reached } from "../../../src/model/knowledge.ts";
import { knowledgeOf, runs } from "../../patterns/detected.ts";

const head = 'const axios = require("axios");\nconst a = "http://a:1";\nconst b = "http://b:1";\n';

/** What running `flow` of a service reaches. */
async function reached(body: string): Promise<readonly Reached[]> {
  const knowledge = await knowledgeOf({ "shop/package.json": runs({ axios: "1" }), "shop/index.js": `${head}${body}` });
  const refs = knowledge.program.sites.flatMap((site) => [site.in, ...knowledge.program.callersOf(site.in)]);
  const flow = refs.find((ref) => knowledge.program.function(ref)?.name === "flow");
  assert.ok(flow, "no function `flow` leads to a call");
  return knowledge.program.reach(flow);
}

const says = (all: readonly Reached[]): readonly string[] => all.map((r) => `${r.when} ${r.site.target.map((part) => (part.is === "known" ? part.text : "?")).join("")}`);

describe("what running a function reaches", () => {
  it("comes in the order in which it runs, through calls of other functions", async () => {
    const all = await reached("const first = () => axios.post(`${a}/1`);\nasync function flow() {\n  await first();\n  await axios.post(`${b}/2`);\n}\nexports.flow = flow;\n");
    assert.deepEqual(says(all), ["always http://a:1/1", "always http://b:1/2"]);
    assert.deepEqual(all.map((r) => r.path.length), [2, 1]);
  });

  it("tells what runs on failure, at the end and under a condition", async () => {
    const all = await reached("async function flow(x) {\n  try {\n    if (x) await axios.post(`${a}/if`);\n  } catch (e) {\n    await axios.post(`${a}/catch`);\n    throw e;\n  } finally {\n    await axios.post(`${a}/finally`);\n  }\n}\nexports.flow = flow;\n");
    assert.deepEqual(says(all), ["sometimes http://a:1/if", "on-failure http://a:1/catch", "finally http://a:1/finally"]);
  });

  it("takes a function given to `.catch` for a failure path, and one given to `.then` for the next step", async () => {
    const all = await reached("function flow() {\n  return axios.post(`${a}/1`).then(() => axios.post(`${b}/2`)).catch(() => axios.post(`${a}/undo`));\n}\nexports.flow = flow;\n");
    assert.deepEqual(says(all), ["always http://a:1/1", "always http://b:1/2", "on-failure http://a:1/undo"]);
  });

  it("carries the layers that lie between", async () => {
    const all = await reached("async function quiet() {\n  try { await axios.post(`${a}/1`); } catch (e) { console.log(e); }\n}\nasync function flow() {\n  await quiet();\n}\nexports.flow = flow;\n");
    assert.deepEqual(all.map((r) => r.layers.map((layer) => layer.kind)), [["swallow"]]);
  });

  it("tells what runs in a loop", async () => {
    const all = await reached("async function flow(xs) {\n  for (const x of xs) await axios.post(`${a}/1`, x);\n  await axios.post(`${b}/2`);\n}\nexports.flow = flow;\n");
    assert.deepEqual(all.map((r) => r.inLoop), [true, false]);
  });
});
