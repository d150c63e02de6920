import { nameOf, within } from "./paths.ts";

/**
 * The versions that a lock file pins, asked by package folder (relative to the lock file's own), dependency name and
 * range. Lock files run to megabytes, so each is scanned once by a pattern and never parsed as a document.
 */
export interface Lock {
  version(member: string, name: string, range: string): string | undefined;
}

export function readLock(path: string, text: string): Lock {
  switch (nameOf(path)) {
    case "pnpm-lock.yaml":
      return readPnpmLock(text);
    case "yarn.lock":
      return readYarnLock(text);
    case "bun.lock":
      return readBunLock(text);
    default:
      return readNpmLock(text);
  }
}

/** `"node_modules/x": { "version": … }`; a member's own copy lies under `packages/a/node_modules/x`. */
function readNpmLock(text: string): Lock {
  const versions = new Map<string, string>();
  for (const [, key, version] of text.matchAll(
    /"((?:[^"\n]*\/)?node_modules\/[^"\n]+)": \{\s*(?:"name": "[^"]*",\s*)?"version": "([^"]+)"/g,
  )) {
    if (key !== undefined && version !== undefined) versions.set(key, version);
  }
  // Version 1 has no `packages`: its top level stands at four columns.
  for (const [, name, version] of text.matchAll(/^ {4}"([^"\n]+)": \{\s*"version": "([^"]+)"/gm)) {
    if (name !== undefined && version !== undefined && !versions.has(`node_modules/${name}`))
      versions.set(`node_modules/${name}`, version);
  }
  return {
    version: (member, name) =>
      versions.get(within(member, `node_modules/${name}`)) ?? versions.get(`node_modules/${name}`),
  };
}

/** `importers:` by member; a lock of one package has its dependencies at the top level instead. */
function readPnpmLock(text: string): Lock {
  const versions = new Map<string, string>();
  const end = text.search(/^packages:/m);
  let member = ".";
  let name = "";
  let inImporters = false;
  for (const line of text.slice(0, end < 0 ? text.length : end).split("\n")) {
    const [, indent = "", key = "", value = ""] = /^( *)'?([^':]+)'?:(?: (.*))?$/.exec(line) ?? [];
    const depth = indent.length / 2 - (inImporters ? 2 : 0);
    if (indent === "" && key !== "") inImporters = key === "importers";
    else if (inImporters && indent.length === 2) member = key;
    else if (depth === 1) remember((name = key), value);
    else if (depth === 2 && key === "version") remember(name, value);
  }
  return { version: (folder, dependency) => versions.get(`${folder === "" ? "." : folder}\n${dependency}`) };

  function remember(dependency: string, value: string): void {
    const version = /^'?(\d[^(_'\s]*)/.exec(value)?.[1] ?? /@(\d[^(_'\s]*)/.exec(value)?.[1];
    if (version !== undefined) versions.set(`${member}\n${dependency}`, version);
  }
}

/** `x@^1.0.0, x@^1.1.0:` followed by its version; newer ones write `x@npm:^1.0.0`. */
function readYarnLock(text: string): Lock {
  const versions = new Map<string, string>();
  for (const [, heads, version] of text.matchAll(/^"?([^\s#"][^\n]*?)"?:\n {2}version:? "?([^"\s]+)"?$/gm)) {
    for (const head of heads?.split(/"?, "?/) ?? [])
      if (version !== undefined) versions.set(head.replace("@npm:", "@"), version);
  }
  return { version: (_member, name, range) => versions.get(`${name}@${range.replace(/^npm:/, "")}`) };
}

/** `"x": ["x@1.2.3", …`. */
function readBunLock(text: string): Lock {
  const versions = new Map<string, string>();
  for (const [, name, version] of text.matchAll(/^ *"((?:@[^"/\n]+\/)?[^"/\n]+)": \["[^"\n]*?[^"\n]@(\d[^"\n]*)"/gm)) {
    if (name !== undefined && version !== undefined) versions.set(name, version);
  }
  return { version: (_member, name) => versions.get(name) };
}
