import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bundledFiles } from "../build/bundles.ts";
import { repository, type GeneratedFile } from "./generated-file.ts";

/** Licences of all that the bundles carry of others: asked of the bundles themselves, so that nothing is forgotten or left over. */
export async function notices(): Promise<GeneratedFile> {
  const packages = new Set((await bundledFiles()).flatMap((file) => packageFolder(file) ?? []));
  // ts-morph carries the compiler inside a file of its own.
  if ([...packages].some((folder) => folder.endsWith("@ts-morph/common"))) packages.add("node_modules/typescript");
  const entries = [...packages].map(readPackage).sort((a, b) => (a.title < b.title ? -1 : 1));
  const unique = entries.filter((entry, index) => entries[index - 1]?.title !== entry.title);
  return { path: "THIRD-PARTY-NOTICES.md", text: [head, ...unique.map(section)].join("\n") };
}

const head = `<!-- Written by \`npm run generate\`. Do not edit. -->

# Third-party notices

Faultline is MIT-licensed and carries the packages below, each under its own licence.
`;

interface Package {
  readonly title: string;
  readonly licence: string;
  readonly texts: readonly string[];
}

/** `node_modules/a/node_modules/@b/c/lib/d.js` → `node_modules/a/node_modules/@b/c`. */
function packageFolder(file: string): string | undefined {
  const path = file.replaceAll("\\", "/").replace(/^[a-z-]+:/, "");
  const match = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path);
  // Where node_modules is a link, the bundler names files by where it leads.
  return match?.[0].replace(/^.*?(?=node_modules\/)/, "");
}

function readPackage(folder: string): Package {
  const absolute = join(repository, folder);
  const manifest = JSON.parse(readFileSync(join(absolute, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
  };
  const files = existsSync(absolute)
    ? readdirSync(absolute).filter((name) => /^(?:licen[cs]e|notice|thirdpartynotice)/i.test(name))
    : [];
  return {
    title: `${manifest.name} ${manifest.version}`,
    licence: manifest.license ?? "see below",
    texts: files.sort().map((name) => readFileSync(join(absolute, name), "utf8").replaceAll("\r\n", "\n").trim()),
  };
}

function section({ title, licence, texts }: Package): string {
  const body = texts.map((text) => `\n${fence}text\n${text.replaceAll(fence, "~~~")}\n${fence}\n`).join("");
  return `## ${title}\n\nLicence: ${licence}\n${body}`;
}

const fence = "```";
