/** Two scaffolds beside an access to another service's data: a read model kept from its events, and a client of its API. */
import { Draft, finish, STALE, type Template } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { DatabaseFixData } from "./data.ts";
import { ownerClientTemplate, readModelTemplate } from "./template.generated.ts";

export function databaseFixes(data: DatabaseFixData): readonly FixOffer[] {
  const names = namesOf(data);
  return [
    {
      id: "database/read-model",
      title: `Add a read model of ${names.type}, kept from the events of ${names.owner}`,
      kind: "scaffold",
      build: (context) =>
        scaffold(context, data, {
          name: `${names.file}.read-model`,
          template: readModelTemplate,
          text: readModelModule,
        }),
    },
    {
      id: "database/owner-client",
      title: `Add a client that asks ${names.owner} for ${names.type}`,
      kind: "scaffold",
      build: (context) =>
        scaffold(context, data, {
          name: `${names.file}.client`,
          template: ownerClientTemplate,
          text: ownerClientModule,
        }),
    },
  ];
}

interface Scaffold {
  readonly name: string;
  readonly template: Template;
  readonly text: (names: Names, specifier: string) => string;
}

function scaffold(context: FixContext, data: DatabaseFixData, { name, template, text }: Scaffold): FixResult {
  const draft = Draft.open(context, data.path);
  if (draft === undefined) return STALE;
  draft.addSibling(name, (place) => text(namesOf(data), place(template)));
  return finish(draft);
}

function readModelModule({ type, value, owner, fields }: Names, specifier: string): string {
  return `/**
 * What this service knows of ${type}, which belongs to ${owner}: kept in its own database, from the owner's events.
 *
 * To wire it in, keep a store in this service's database, hand every event about ${type} to \`apply\`, fill the store once
 * from the owner's API, and read from here where its database is read now.
 */
import { readModel, type OwnerEvent, type ReadModel, type ReadModelStore } from "${specifier}";

/** Only what this service needs: every field more ties it closer to the owner. */
export interface ${type}View {
${viewFields(fields)}
}

export type ${type}Event = OwnerEvent<${type}View>;

export function ${value}ReadModel(store: ReadModelStore<${type}View>): ReadModel<${type}View> {
  return readModel<${type}View>(store);
}
`;
}

function ownerClientModule({ type, value, owner, fields }: Names, specifier: string): string {
  const read = fields.map((field) => `${field}: body.${field}`).join(", ");
  const present = fields.map((field) => `"${field}" in body`).join(" && ");
  return `/**
 * Asks for ${type}, which belongs to ${owner}, instead of reading the owner's database.
 *
 * To wire it in, make one client with the address of the owner's resource, and call \`get\` where the database is read now.
 */
import { ownerClient, type OwnerClient } from "${specifier}";

/** Only what this service needs: every field more ties it closer to the owner. */
export interface ${type}View {
${viewFields(fields)}
}

export function ${value}Client(baseUrl: string): OwnerClient<${type}View> {
  return ownerClient<${type}View>({ baseUrl, parse: parse${type} });
}

function parse${type}(body: unknown): ${type}View {
  if (typeof body === "object" && body !== null && ${present} && typeof body.id === "string") {
    return { ${read} };
  }
  throw new TypeError("The answer is no ${type}");
}
`;
}

/** Types of fields other than the id are the owner's to say. */
function viewFields(fields: readonly string[]): string {
  return fields.map((field) => `  readonly ${field}: ${field === "id" ? "string" : "unknown"};`).join("\n");
}

interface Names {
  readonly type: string;
  readonly value: string;
  readonly file: string;
  readonly owner: string;
  readonly fields: readonly string[];
}

/** `order_items` → OrderItems, orderItems, order-items. */
function namesOf({ entity, owner, fields = [] }: DatabaseFixData): Names {
  const words = (entity.split(".").at(-1) ?? entity)
    .split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/)
    .filter((word) => word !== "");
  const upper = words.map((word) => `${word[0]?.toUpperCase() ?? ""}${word.slice(1).toLowerCase()}`);
  const safe = /^[A-Z]/.test(upper.join("")) ? upper : ["Entity", ...upper];
  const type = safe.join("");
  return {
    type,
    value: `${type[0]?.toLowerCase() ?? ""}${type.slice(1)}`,
    file: safe.join("-").toLowerCase(),
    owner: owner ?? "another service",
    fields: ["id", ...fields.filter((field) => field !== "id" && /^[A-Za-z_$][\w$]*$/.test(field))],
  };
}
