/** Packages that are one application for browsers: built from many files into a few, none of which a server runs. */
import { PAGE_BUILDERS, PAGE_LIBRARIES, RENDERERS, SERVER_LIBRARIES } from "./libraries.data.ts";
import { folderOf, foldersUp } from "./paths.ts";
import type { Package } from "./workspace.ts";

/** Answers for the path of a file whether the package that it belongs to is such an application. */
export function pageFinder(packages: Iterable<Pick<Package, "dir" | "dependencies" | "devDependencies">>): (path: string) => boolean {
  const byFolder = new Map<string, boolean>();
  for (const each of packages) byFolder.set(each.dir, isApplicationForBrowsers(each));
  if (![...byFolder.values()].includes(true)) return () => false;
  const answers = new Map<string, boolean>();
  return (path) => {
    const folder = folderOf(path);
    let answer = answers.get(folder);
    if (answer === undefined) {
      const home = foldersUp(folder).find((above) => byFolder.has(above));
      answers.set(folder, (answer = home !== undefined && byFolder.get(home) === true));
    }
    return answer;
  };
}

function isApplicationForBrowsers({ dependencies, devDependencies }: Pick<Package, "dependencies" | "devDependencies">): boolean {
  const needed = Object.keys(dependencies);
  const all = [...needed, ...Object.keys(devDependencies)];
  if (!all.some((name) => PAGE_LIBRARIES.test(name)) || !all.some((name) => PAGE_BUILDERS.test(name))) return false;
  return !all.some((name) => RENDERERS.test(name)) && !needed.some((name) => SERVER_LIBRARIES.some((library) => library.test(name)));
}
