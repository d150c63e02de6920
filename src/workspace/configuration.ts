import { distance } from "fastest-levenshtein";
import { findNodeAtLocation, type Node, type ParseError } from "jsonc-parser";
import * as v from "valibot";
import { isObject, jsonOf, parseJsonTree, toProblem, type Json } from "./json.ts";
import type { Configuration, WorkspaceProblem } from "./workspace.ts";

/** What a front door adds to the user's configuration. It wins over the file. */
export interface ConfigurationOverrides {
  /** Slugs of the rules that exist; without it, any slug is taken at its word. */
  readonly knownRules?: readonly string[];
  readonly rules?: Configuration["rules"];
  /** Left out besides what the file leaves out. */
  readonly exclude?: readonly string[];
}

export interface ReadConfiguration {
  readonly configuration: Configuration;
  readonly problems: readonly WorkspaceProblem[];
}

/** The files that may hold the configuration. The first that is there is read. */
export const CONFIGURATION_FILES = ["faultline.jsonc", "faultline.json", "package.json"] as const;

const SEVERITIES = ["error", "warning", "information", "hint", "off"] as const;

const Text = v.pipe(v.string("a text belongs here"), v.nonEmpty("this must not be empty"));

const KINDS = ["http", "grpc", "event", "db", "other"] as const;

const Names = v.exactOptional(v.array(Text, "a list of names belongs here"));

const Schema = v.strictObject({
  $schema: v.optional(v.string("the address of a schema belongs here")),
  rules: v.optional(
    v.record(v.string(), v.picklist(SEVERITIES, severityMessage), "an object from rule to severity belongs here"),
    {},
  ),
  exclude: v.optional(v.array(Text, "a list of patterns belongs here"), []),
  services: v.optional(
    v.array(
      v.strictObject(
        { name: Text, root: v.exactOptional(v.string("a folder belongs here")), aliases: Names, external: v.exactOptional(v.boolean("true or false belongs here")) },
        "a service is an object with `name`",
      ),
      "a list of services belongs here",
    ),
    [],
  ),
  stores: v.exactOptional(
    v.array(
      v.strictObject({ name: Text, engine: v.exactOptional(Text), aliases: Names }, "a store is an object with `name`"),
      "a list of stores belongs here",
    ),
  ),
  edges: v.exactOptional(
    v.array(
      v.strictObject(
        { from: Text, to: Text, kind: v.picklist(KINDS, kindMessage), via: v.exactOptional(Text) },
        "an edge is an object with `from`, `to` and `kind`",
      ),
      "a list of edges belongs here",
    ),
  ),
  declared: v.exactOptional(
    v.pipe(
      Text,
      v.check((path) => !/^(?:\/|[a-z]+:)|(?:^|[\\/])\.\.(?:[\\/]|$)/i.test(path), "a path inside of the workspace belongs here"),
    ),
  ),
  ignore: v.optional(
    v.array(
      v.strictObject(
        {
          rule: Text,
          service: v.exactOptional(Text),
          path: v.exactOptional(Text),
          reason: Text,
          until: v.exactOptional(v.pipe(v.string("a date belongs here"), v.isoDate("a date is written YYYY-MM-DD"))),
        },
        "an exception is an object with `rule` and `reason`",
      ),
      "a list of exceptions belongs here",
    ),
    [],
  ),
});

/** The configuration in force: the first file of the list that is there, what is wrong in it left out, the overrides on top. */
export function readConfiguration(
  texts: ReadonlyMap<string, string | undefined>,
  overrides: ConfigurationOverrides,
): ReadConfiguration {
  for (const path of CONFIGURATION_FILES) {
    const text = texts.get(path);
    if (text === undefined || (path === "package.json" && !text.includes('"faultline"'))) continue;
    const read = readFile(path, text, overrides.knownRules);
    if (read !== undefined)
      return {
        configuration: withOverrides(read.configuration, overrides),
        problems: [...read.problems, ...shadowed(path, texts)],
      };
  }
  return { configuration: withOverrides(DEFAULTS, overrides), problems: [] };
}

const DEFAULTS = { rules: {}, exclude: [], services: [], ignore: [] } as const satisfies Configuration;

function withOverrides(configuration: Configuration, { rules, exclude }: ConfigurationOverrides): Configuration {
  return {
    ...configuration,
    rules: { ...configuration.rules, ...rules },
    exclude: [...configuration.exclude, ...(exclude ?? [])],
  };
}

function shadowed(path: string, texts: ReadonlyMap<string, string | undefined>): readonly WorkspaceProblem[] {
  if (path !== "faultline.jsonc") return [];
  const other = texts.get("faultline.json");
  if (other === undefined) return [];
  return [
    {
      path: "faultline.json",
      at: 0,
      end: other.length,
      message: "This file is not read, because `faultline.jsonc` is there too.",
      severity: "warning",
    },
  ];
}

/** `undefined` where a package.json has no `faultline` key after all. */
function readFile(
  path: string,
  text: string,
  knownRules: readonly string[] | undefined,
): ReadConfiguration | undefined {
  const errors: ParseError[] = [];
  const tree = parseJsonTree(text, errors);
  const isManifest = path === "package.json";
  // A manifest's own syntax is reported where manifests are read.
  if (isManifest && (errors.length > 0 || tree === undefined)) return undefined;
  if (tree === undefined) return { configuration: { ...DEFAULTS, path }, problems: [emptyFile(path)] };
  const [error] = errors;
  if (error !== undefined) return { configuration: { ...DEFAULTS, path }, problems: [toProblem(path, text, error)] };
  const node = isManifest ? findNodeAtLocation(tree, ["faultline"]) : tree;
  return node === undefined ? undefined : validate(path, node, knownRules);
}

function validate(path: string, node: Node, knownRules: readonly string[] | undefined): ReadConfiguration {
  const problems: WorkspaceProblem[] = [];
  let value: Json = jsonOf(node);
  if (!isObject(value)) {
    return {
      configuration: { ...DEFAULTS, path },
      problems: [
        { path, ...spanOf(node), message: "The configuration is an object; this is none.", severity: "error" },
      ],
    };
  }
  const first = v.safeParse(Schema, value);
  for (const issue of first.issues ?? []) {
    const keys = keysOf(issue);
    problems.push(problemOf(path, node, issue, keys));
    value = isUnknownKey(issue) ? withoutKey(value, keys) : without(value, keys);
  }
  const second = v.safeParse(Schema, withoutBlanks(value));
  const { rules, exclude, services, stores, edges, ignore }: Omit<Configuration, "declared"> = second.success ? second.output : DEFAULTS;
  const declared = second.success ? second.output.declared : undefined;
  const named = findNodeAtLocation(node, ["declared"]);
  const unknown = knownRules === undefined ? [] : unknownRules(path, node, { rules, ignore }, knownRules);
  return {
    configuration: {
      path,
      rules,
      exclude,
      services,
      ...(stores === undefined || stores.length === 0 ? {} : { stores }),
      ...(edges === undefined || edges.length === 0 ? {} : { edges }),
      ignore,
      ...(declared === undefined || named === undefined
        ? {}
        : { declared: { path: declared.replace(/^\.\//, ""), ...spanOf(named) } }),
      ...mapSpans(node, value),
    },
    problems: [...problems, ...unknown].sort((a, b) => a.at - b.at),
  };
}

/** Where the entries of the service map stand, so that what contradicts the code can be told there. */
function mapSpans(root: Node, value: Json): Pick<Configuration, "spans"> {
  const spans: Record<string, { at: number; end: number }> = {};
  for (const list of ["services", "stores", "edges"]) {
    // What was wrong and left out does not count.
    const kept = isObject(value) && Array.isArray(value[list]) ? (value[list] as readonly Json[]) : [];
    const items = (findNodeAtLocation(root, [list])?.children ?? []).filter((_, index) => kept[index] !== null);
    for (const [index, item] of items.entries()) {
      for (const property of item.children ?? []) {
        const [key, value] = property.children ?? [];
        if (typeof key?.value !== "string" || value === undefined) continue;
        spans[`${list}/${index}/${key.value}`] = spanOf(value);
        for (const [at, each] of (value.type === "array" ? (value.children ?? []) : []).entries()) spans[`${list}/${index}/${key.value}/${at}`] = spanOf(each);
      }
    }
  }
  return Object.keys(spans).length === 0 ? {} : { spans };
}

type Issue = v.InferIssue<typeof Schema>;

function keysOf(issue: Issue): readonly (string | number)[] {
  return (issue.path ?? []).flatMap((item) =>
    typeof item.key === "string" || typeof item.key === "number" ? [item.key] : [],
  );
}

function isUnknownKey(issue: Issue): boolean {
  return issue.type === "strict_object" && issue.expected === "never";
}

/** The value less one property, however deep: a setting that nobody knows spoils nothing around it. */
function withoutKey(value: Json, [key, ...rest]: readonly (string | number)[]): Json {
  if (key === undefined) return value;
  if (Array.isArray(value)) return value.map((item: Json, at) => (at === key ? withoutKey(item, rest) : item));
  if (!isObject(value)) return value;
  if (rest.length === 0) return dropKey(value, String(key));
  return { ...value, [key]: withoutKey(value[key] ?? null, rest) };
}

/** The value less the smallest whole that a mistake spoils: a setting, a rule's entry, one service, one exception. */
function without(value: Json, keys: readonly (string | number)[]): Json {
  const [key, inner] = keys;
  if (!isObject(value) || key === undefined) return {};
  const { [key]: part, ...rest } = value;
  if (part === undefined || inner === undefined) return rest as Json;
  // Blanked and not removed, so that the places of later mistakes in the same list still hold.
  const left: Json = Array.isArray(part)
    ? part.map((item: Json, at) => (at === inner ? null : item))
    : isObject(part)
      ? dropKey(part, String(inner))
      : part;
  return { ...rest, [key]: left } as Json;
}

function withoutBlanks(value: Json): Json {
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      Array.isArray(item) ? item.filter((one: Json) => one !== null) : item,
    ]),
  ) as Json;
}

function dropKey(value: Readonly<Record<string, Json | undefined>>, key: string): Json {
  return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key)) as Json;
}

function problemOf(path: string, root: Node, issue: Issue, keys: readonly (string | number)[]): WorkspaceProblem {
  const isMissingKey = issue.type === "strict_object" && issue.received === "undefined";
  const last = String(keys.at(-1) ?? "");
  if (isMissingKey)
    return {
      path,
      ...spanOf(findNodeAtLocation(root, keys.slice(0, -1)) ?? root),
      message: `\`${last}\` is missing here.`,
      severity: "error",
    };
  const node = findNodeAtLocation(root, [...keys]) ?? root;
  if (!isUnknownKey(issue)) return { path, ...spanOf(node), message: sentence(keys, issue.message), severity: "error" };
  const hint = meant(last, keysAt(keys));
  return {
    path,
    ...spanOf(node.parent?.children?.[0] ?? node),
    message: `\`${last}\` is not a setting${keys.length > 1 ? " here" : ""}${hint}.`,
    severity: "warning",
  };
}

function sentence(keys: readonly (string | number)[], message: string): string {
  const where = keys.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`),
    "",
  );
  return where === "" ? `Here, ${message}.` : `In \`${where}\`, ${message}.`;
}

function severityMessage(issue: { readonly input: unknown }): string {
  const given = typeof issue.input === "string" ? issue.input : "";
  return `a severity is one of ${SEVERITIES.map((name) => `"${name}"`).join(", ")}${meant(given, SEVERITIES)}`;
}

function kindMessage(issue: { readonly input: unknown }): string {
  const given = typeof issue.input === "string" ? issue.input : "";
  return `a kind is one of ${KINDS.map((name) => `"${name}"`).join(", ")}${meant(given, KINDS)}`;
}

function keysAt(keys: readonly (string | number)[]): readonly string[] {
  if (keys.length === 1) return ["rules", "exclude", "services", "stores", "edges", "ignore", "declared", "$schema"];
  if (keys[0] === "services") return ["name", "root", "aliases", "external"];
  if (keys[0] === "stores") return ["name", "engine", "aliases"];
  if (keys[0] === "edges") return ["from", "to", "kind", "via"];
  return ["rule", "service", "path", "reason", "until"];
}

function unknownRules(
  path: string,
  root: Node,
  named: Pick<Configuration, "rules" | "ignore">,
  known: readonly string[],
): readonly WorkspaceProblem[] {
  const inRules = Object.keys(named.rules).map((slug) => ({
    slug,
    node: findNodeAtLocation(root, ["rules", slug])?.parent?.children?.[0],
  }));
  const list = findNodeAtLocation(root, ["ignore"])?.children ?? [];
  const inIgnore = list.flatMap((item) => {
    const node = findNodeAtLocation(item, ["rule"]);
    return typeof node?.value === "string" ? [{ slug: node.value, node }] : [];
  });
  return [...inRules, ...inIgnore].flatMap(({ slug, node }): readonly WorkspaceProblem[] => {
    if (known.includes(slug)) return [];
    return [
      {
        path,
        ...spanOf(node ?? root),
        message: `There is no rule \`${slug}\`${meant(slug, known)}.`,
        severity: "warning",
      },
    ];
  });
}

function meant(given: string, names: readonly string[]): string {
  const [nearest] = [...names].sort((a, b) => distance(given, a) - distance(given, b));
  if (nearest === undefined || given === "") return "";
  const near = distance(given, nearest) <= Math.max(2, Math.floor(given.length / 3)) || nearest.startsWith(given);
  return near ? ` (did you mean \`${nearest}\`?)` : "";
}

function spanOf(node: Node): { readonly at: number; readonly end: number } {
  return { at: node.offset, end: node.offset + node.length };
}

function emptyFile(path: string): WorkspaceProblem {
  return {
    path,
    at: 0,
    end: 0,
    message: "This file is empty; a configuration is an object, `{}` at the least.",
    severity: "error",
  };
}
