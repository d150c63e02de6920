import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { modelReportSchema } from "../../src/protocol/model-schema.ts";
import { modelReport } from "../../src/report/index.ts";
import { sessionOf } from "../support/memory-session.ts";
import { modelNamed, twoServices } from "../diagram/small-system.ts";

interface JsonSchema {
  readonly type?: "string" | "number" | "integer" | "array" | "object";
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: false;
}

/** Where a value breaks a schema: the part of JSON Schema that the published file uses, and nothing else of it. */
function breaches(value: unknown, schema: JsonSchema, at = "$"): readonly string[] {
  if ("const" in schema) return value === schema.const ? [] : [`${at} is not ${String(schema.const)}`];
  if (schema.enum !== undefined) return schema.enum.includes(value) ? [] : [`${at} is not among ${schema.enum.join(", ")}`];
  switch (schema.type) {
    case "string":
      return typeof value === "string" ? [] : [`${at} is no text`];
    case "number":
    case "integer":
      return typeof value === "number" && (schema.type === "number" || Number.isInteger(value)) && value >= (schema.minimum ?? -Infinity) ? [] : [`${at} is no such number`];
    case "array":
      return Array.isArray(value) ? value.flatMap((item, index) => breaches(item, schema.items ?? {}, `${at}[${index}]`)) : [`${at} is no list`];
    case "object": {
      if (typeof value !== "object" || value === null) return [`${at} is no object`];
      const known = schema.properties ?? {};
      return [
        ...(schema.required ?? []).filter((key) => !(key in value)).map((key) => `${at}.${key} is missing`),
        ...Object.entries(value).flatMap(([key, item]) => (known[key] === undefined ? [`${at}.${key} is unknown`] : breaches(item, known[key], `${at}.${key}`))),
      ];
    }
    default:
      return [`${at}: the schema says nothing`];
  }
}

const published = JSON.parse(readFileSync("schemas/model.schema.json", "utf8")) as JsonSchema;

describe("the published schema of the model", () => {
  it("fits what a real system gives", async () => {
    const session = sessionOf(twoServices(`await fetch("http://payments:3000/charge", { method: "POST" });`));
    const { knowledge } = await session.open();
    const report: unknown = JSON.parse(JSON.stringify(modelReport(knowledge.model, (path) => session.read(path))));
    await session.dispose();
    assert.deepEqual(breaches(report, published), []);
    assert.equal(v.safeParse(modelReportSchema, report).success, true);
  });

  it("fits a model with everything in it", () => {
    assert.deepEqual(breaches(JSON.parse(JSON.stringify(modelReport(modelNamed("a"), () => "x\n"))), published), []);
  });

  it("refuses what is none", () => {
    assert.deepEqual(breaches({ version: 2, services: [{ name: 1 }], extra: 0 }, published).slice(-5), ["$.version is not 1", "$.services[0].root is missing", "$.services[0].language is missing", "$.services[0].evidence is missing", "$.services[0].name is no text", "$.extra is unknown"].slice(-5)); // prettier-ignore
  });
});
