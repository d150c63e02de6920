/** The file that a deployable's command starts. */
import type { SourceFile, Workspace } from "../../workspace/workspace.ts";
import type { Deployable } from "./deployables.ts";
import { expandScript, startCommand } from "./packages.ts";
import { joinPath } from "./paths.ts";

/** `node dist/worker.js` is `src/worker.ts`; `undefined` where the command does not say. */
export function entryFile(deployable: Deployable, workspace: Workspace): string | undefined {
  const files = new Map(workspace.files.filter((file) => file.kind === "code").map((file) => [file.path, file]));
  const own = deployable.unit?.package;
  const command = deployable.workloads.map((workload) => workload.command).find((text) => text !== "") ?? deployable.dockerfile?.command?.text ?? "";
  const scripted = own === undefined ? command : expandScript(own, inPackage(command, own.name, deployable.root), 0);
  const started = own === undefined ? undefined : startCommand(own);
  const candidates = [scripted, ...(command === "" || !/\.[cm]?[jt]s\b/.test(scripted) ? [started ?? ""] : [])].flatMap(filesIn);
  for (const candidate of candidates) {
    const found = sourceOf(candidate, deployable.root, files);
    if (found !== undefined) return found;
  }
  const conventional = [deployable.unit?.main, ...["src/main.ts", "src/index.ts", "src/server.ts", "src/app.ts", "index.ts", "index.js", "server.js", "app.js", "src/index.js"].map((path) => joinPath(deployable.root, path))];
  return conventional.find((path) => path !== undefined && files.has(path));
}

/** `yarn workspace orders start`, `pnpm --filter orders start`, `yarn orders start:worker`: the script is the package's. */
function inPackage(command: string, name: string, root: string): string {
  const short = root.slice(root.lastIndexOf("/") + 1);
  return command
    .replace(/\b(yarn workspace|pnpm (?:--filter|-F)|npm (?:--prefix|-w|--workspace)(?:=| )?) ?\S+ (?:run )?/g, "yarn ")
    .replace(/\b(yarn|pnpm) (\S+) (?=[\w:.-]+)/g, (whole, tool: string, word: string) => (word === short || word === name || word.startsWith("$") ? `${tool} ` : whole));
}

function filesIn(command: string): readonly string[] {
  // What is preloaded (`-r ./tracer.ts`) is not what is started.
  const started = command.replace(/(?:^|\s)(?:-r|--require|--import|--loader|--experimental-loader|--env-file|--project|-P|--config|-c)[ =]\S+/g, " ");
  const named = started.split(/[\s"',[\]]+/).filter((word) => /\.[cm]?[jt]s$/.test(word) && !word.startsWith("-") && !/config/.test(word));
  const built = [...started.matchAll(/\bnode\s+(?:-\S+\s+)*((?:dist|build|lib|out)\/[\w/.-]+)/g)].map((match) => match[1] ?? "");
  return [...named, ...built];
}

function sourceOf(file: string, root: string, files: ReadonlyMap<string, SourceFile>): string | undefined {
  const bare = file.replace(/^(?:\.\/|\/(?:usr\/src\/)?(?:app|opt\/\w+|home\/\w+)\/)/, "").replace(/\.[cm]?[jt]s$/, "");
  const inner = bare.replace(/^(?:.*\/)?(?:dist|build|lib|out|\.build)\//, "");
  const stems = [bare, inner, `src/${inner}`, inner.replace(/^src\//, ""), `${bare}/index`, `src/${inner}/index`];
  for (const stem of stems) for (const extension of [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs"]) for (const folder of [root, ""]) {
    const path = joinPath(folder, stem + extension);
    if (files.has(path)) return path;
  }
  return undefined;
}
