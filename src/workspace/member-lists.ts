import { parseDocument } from "yaml";
import { isObject, readJson, textsOf } from "./json.ts";
import { folderOf, nameOf } from "./paths.ts";
import type { WorkspaceProblem } from "./workspace.ts";

/** Where a monorepo names its member packages outside of package.json. */
export interface MemberList {
  readonly dir: string;
  readonly patterns: readonly string[];
  readonly problems: readonly WorkspaceProblem[];
}

/** pnpm-workspace.yaml or lerna.json. */
export function readMemberList(path: string, text: string): MemberList {
  return nameOf(path) === "lerna.json" ? readLerna(path, text) : readPnpmWorkspace(path, text);
}

function readLerna(path: string, text: string): MemberList {
  const { value, problems } = readJson(path, text);
  return { dir: folderOf(path), patterns: isObject(value) ? textsOf(value["packages"]) : [], problems };
}

function readPnpmWorkspace(path: string, text: string): MemberList {
  const document = parseDocument(text, { prettyErrors: false });
  const problems = document.errors.slice(0, 1).map((error): WorkspaceProblem => {
    const [at, end] = error.pos;
    return {
      path,
      at,
      end: Math.max(end, at + 1),
      message: `This file is not valid YAML: ${error.message}`,
      severity: "error",
    };
  });
  const value: unknown = problems.length > 0 ? undefined : document.toJS({ maxAliasCount: 100 });
  return { dir: folderOf(path), patterns: isObject(value) ? textsOf(value["packages"]) : [], problems };
}
