/** Table or collection that a call touches, by the name that the store knows it by. */
import type { CodeSummary, Value } from "../../syntax/summary.ts";
import type { Site } from "../knowledge.ts";
import type { Summaries } from "./manifests.ts";
import { sharedDepth } from "./paths.ts";

export type Entities = (site: Site) => readonly string[];

interface Declared {
  readonly table: string;
  readonly path: string;
}

export function entitiesIn(summaries: Summaries): Entities {
  const classes = new Map<string, Declared[]>();
  const models = new Map<string, Declared[]>();
  const add = (to: Map<string, Declared[]>, name: string, declared: Declared): void => void to.set(name, [...(to.get(name) ?? []), declared]);
  for (const summary of summaries.values()) {
    if (summary.kind === "prisma") for (const model of summary.models) add(models, model.name.toLowerCase(), { table: model.table, path: summary.path });
    if (summary.kind === "code") for (const entity of entityClasses(summary)) add(classes, entity.name, { table: entity.table, path: summary.path });
  }
  return (site) => {
    if (site.entity === undefined) return tablesIn(site);
    // A type parameter is not yet an entity.
    if (/^T(?:[A-Z_]|$)/.test(site.entity)) return [];
    const declared = /prisma/.test(site.library) ? models.get(site.entity.toLowerCase()) : classes.get(site.entity);
    const nearest = [...(declared ?? [])].sort((a, b) => sharedDepth(b.path, site.place.path) - sharedDepth(a.path, site.place.path))[0];
    return [nearest?.table ?? conventional(site.entity, site.library)];
  };
}

const ENTITY_DECORATOR = /^(?:Entity|ViewEntity|ChildEntity|Table|Schema|modelOptions|ObjectType)$/;

function entityClasses(summary: CodeSummary): readonly { readonly name: string; readonly table: string }[] {
  return summary.classes.flatMap((fact) => {
    const decorator = fact.decorators.find((each) => ENTITY_DECORATOR.test(each.name.slice(each.name.lastIndexOf(".") + 1)));
    const table = decorator === undefined ? undefined : nameIn(decorator.args?.[0]);
    if (decorator === undefined || (table === undefined && decorator.name !== "Entity")) return [];
    return [{ name: fact.name, table: table ?? snakeCase(fact.name) }];
  });
}

function nameIn(value: Value | undefined): string | undefined {
  if (value?.kind === "const" && typeof value.value === "string") return value.value;
  if (value?.kind !== "object") return undefined;
  const named = value.properties.find((property) => property.key === "name" || property.key === "tableName" || property.key === "collection");
  return nameIn(named?.value);
}


/** What a mapper makes of a name that nothing maps. */
function conventional(entity: string, library: string): string {
  // `Model<IUser>`, `Model<UserDocument>`: the interface of a document is named after its model.
  if (/mongoose|typegoose/.test(library)) return plural(entity.replace(/^I(?=[A-Z][a-z])/, "").replace(/(?<=\w)(?:Document|Doc|Entity)$/, "").toLowerCase());
  if (/sequelize/.test(library) && /^[A-Z]/.test(entity)) return plural(entity);
  return /^[A-Z]/.test(entity) && /typeorm|mikro-orm/.test(library) ? snakeCase(entity) : entity;
}

function snakeCase(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, "$1_$2").toLowerCase();
}

function plural(name: string): string {
  if (/[^aeiou]y$/i.test(name)) return `${name.slice(0, -1)}ies`;
  if (/(?:s|x|z|ch|sh)$/i.test(name)) return /s$/i.test(name) && !/ss$/i.test(name) ? name : `${name}es`;
  return /\d$/.test(name) ? name : `${name}s`;
}

/** Tables that SQL text names. */
function tablesIn(site: Site): readonly string[] {
  const text = site.target.map((part) => (part.is === "known" ? part.text : " ? ")).join("");
  if (!/^\s*(?:with|select|insert|update|delete|merge|create|truncate)\b/i.test(text)) return [];
  const own = new Set([...text.matchAll(/(?:\bwith|,)\s+(\w+)\s+as\s*\(/gi)].map((match) => match[1]?.toLowerCase()));
  const named = [...text.matchAll(/\b(?:from|join|into|update|truncate(?: table)?)\s+(?:only\s+)?["`[]?(\w+)["`\]]?(?:\.["`[]?(\w+))?/gi)].map((match) => match[2] ?? match[1] ?? "");
  return [...new Set(named.map((name) => name.toLowerCase()).filter((name) => !own.has(name) && !/^(?:select|set|where|lateral|unnest|values|only)$/.test(name)))];
}
