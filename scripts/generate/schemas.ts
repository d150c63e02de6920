/** JSON schemas of what Faultline prints, from the valibot schemas of the same. */
import * as v from "valibot";
import { modelReportSchema } from "../../src/protocol/model-schema.ts";
import type { GeneratedFile } from "./generated-file.ts";

type Json = string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

export function schemaFiles(): readonly GeneratedFile[] {
  const schema = {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "The architecture that Faultline recovered",
    $comment: "Written by `npm run generate`. Do not edit.",
    ...converted(modelReportSchema),
  };
  return [{ path: "schemas/model.schema.json", text: `${JSON.stringify(schema, null, 2)}\n` }];
}

type Schema = v.GenericSchema & { readonly pipe?: readonly (v.GenericSchema | v.GenericPipeAction)[] };
type Converted = { readonly [key: string]: Json };

function converted(schema: Schema): Converted {
  if (schema.pipe === undefined) return bare(schema);
  return Object.assign({}, ...schema.pipe.map((item) => (item.kind === "schema" ? bare(item as v.GenericSchema) : refined(item as unknown as { readonly type: string; readonly requirement?: Json; readonly description?: string })))) as Converted;
}

function bare(schema: v.GenericSchema): Converted {
  switch (schema.type) {
    case "string":
    case "number":
      return { type: schema.type };
    case "literal":
      return { const: (schema as v.LiteralSchema<number, undefined>).literal };
    case "picklist":
      return { enum: (schema as v.PicklistSchema<readonly string[], undefined>).options };
    case "array":
      return { type: "array", items: converted((schema as v.ArraySchema<v.GenericSchema, undefined>).item) };
    case "strict_object":
      return object((schema as unknown as { readonly entries: Readonly<Record<string, v.GenericSchema>> }).entries);
    default:
      throw new Error(`No JSON schema is known for valibot's ${schema.type}: teach scripts/generate/schemas.ts`);
  }
}

function object(entries: Readonly<Record<string, v.GenericSchema>>): Converted {
  const properties = Object.entries(entries).map(([key, entry]) => [key, entry.type === "exact_optional" ? converted((entry as unknown as { readonly wrapped: v.GenericSchema }).wrapped) : converted(entry)] as const);
  const required = Object.keys(entries).filter((key) => entries[key]?.type !== "exact_optional");
  return { type: "object", properties: Object.fromEntries(properties), required, additionalProperties: false };
}

function refined({ type, requirement, description }: { readonly type: string; readonly requirement?: Json; readonly description?: string }): Converted {
  switch (type) {
    case "integer":
      return { type: "integer" };
    case "min_value":
      return { minimum: requirement ?? 0 };
    case "description":
      return { description: description ?? "" };
    default:
      throw new Error(`No JSON schema is known for valibot's ${type}: teach scripts/generate/schemas.ts`);
  }
}
