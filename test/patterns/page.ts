/** The examples of a rule's page, as `docs/writing-rules.md` says they are written. */

export type Kind = "reported" | "fixed" | "not reported";

export interface Example {
  readonly kind: Kind;
  /** Heading that it stands under. */
  readonly section: string;
  /** Its own files, those that its section gives, and a package.json where neither has one. */
  readonly files: Readonly<Record<string, string>>;
  /** `path:line` of each line that is marked. */
  readonly marks: readonly string[];
}

interface Fence {
  readonly kind: Kind | "given";
  readonly path: string;
  readonly text: string;
}

export const MARK = "← reported";

/** Under one heading, the fences of one kind are the files of one example. */
export function examplesOf(page: string): readonly Example[] {
  return sectionsOf(page).flatMap(({ title, text }) => {
    const fences = fencesOf(text);
    const kinds = (["reported", "fixed", "not reported"] as const).filter((kind) => fences.some((fence) => fence.kind === kind));
    return kinds.map((kind) => exampleOf(kind, title, fences));
  });
}

function exampleOf(kind: Kind, section: string, fences: readonly Fence[]): Example {
  const own = fences.filter((fence) => fence.kind === kind);
  const twice = own.find((fence, index) => own.findIndex(({ path }) => path === fence.path) !== index);
  if (twice !== undefined) throw new Error(`"${section}" has two ${kind} fences for ${twice.path}: give one a path, or a heading of its own`);
  const given = fences.filter((fence) => fence.kind === "given");
  const files = Object.fromEntries([...given, ...own].map(({ path, text }) => [path, text]));
  return { kind, section, files: { ...packageFor(files), ...files }, marks: own.flatMap(marksOf) };
}

/** A heading inside a fence is a comment of the example. */
function sectionsOf(page: string): readonly { readonly title: string; readonly text: string }[] {
  const sections: { title: string; text: string }[] = [];
  let isInFence = false;
  for (const line of page.split("\n")) {
    if (line.startsWith("```")) isInFence = !isInFence;
    const heading = isInFence ? undefined : /^#+ (.*)$/.exec(line)?.[1];
    if (heading !== undefined) sections.push({ title: heading, text: "" });
    const section = sections.at(-1);
    if (section !== undefined && heading === undefined) section.text += `${line}\n`;
  }
  return sections;
}

function fencesOf(section: string): readonly Fence[] {
  const fence = /^```(\w+) (reported|fixed|not reported|given)(?: path=(\S+))?\n([\s\S]*?)^```$/gm;
  return [...section.matchAll(fence)].map(([, language = "ts", kind = "", path, text = ""]) => ({
    kind: kind as Fence["kind"],
    path: path ?? `src/orders.${language}`,
    text,
  }));
}

function marksOf({ path, text }: Fence): readonly string[] {
  return text.split("\n").flatMap((line, index) => (line.includes(MARK) ? [`${path}:${index + 1}`] : []));
}

/** A service that depends on what its code imports. */
function packageFor(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (Object.keys(files).some((path) => path.endsWith("package.json"))) return {};
  const imported = Object.values(files).flatMap((text) => [...text.matchAll(/(?:from|require\()\s*["']((?:@[\w-]+\/)?[\w-][\w.-]*)/g)]);
  const dependencies = Object.fromEntries(imported.flatMap(([, name]) => (name === undefined || name.startsWith("node") ? [] : [[name, "*"]])));
  return { "package.json": JSON.stringify({ name: "orders", scripts: { start: "node src/main.js" }, dependencies }) };
}
