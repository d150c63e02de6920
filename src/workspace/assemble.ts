import ignore from "ignore";
import { readConfiguration } from "./configuration.ts";
import { fileKind } from "./kinds.ts";
import { readMemberList } from "./member-lists.ts";
import { pageFinder } from "./pages.ts";
import { compareText, nameOf } from "./paths.ts";
import { fileScope, fileScopeAmong } from "./scope.ts";
import { installedVersion, packageDirsOf, rangesOf, type Snapshot } from "./snapshot.ts";
import { pathMappings } from "./tsconfig.ts";
import type { Package, SourceFile, Workspace, WorkspaceProblem } from "./workspace.ts";

/** The workspace that a snapshot amounts to. Equal snapshots give equal workspaces, whatever the order they were read in. */
export function assembleWorkspace(root: string, snapshot: Snapshot): Workspace {
  const { configuration, problems: mistakes } = readConfiguration(snapshot.texts, snapshot.overrides);
  const isKept = keeper(configuration.exclude);
  const projects = [...snapshot.projects.values()].flatMap((project) =>
    project !== undefined && isKept(project.path) ? [project] : [],
  );
  const roots = projects
    .map((project) => project.path)
    .filter((path) => /^(?:tsconfig|jsconfig)/.test(nameOf(path)) && snapshot.tree.files.has(path));
  const { mappings, problems: circles } = pathMappings(snapshot.projects, roots, packageDirsOf(snapshot));
  const lists = memberLists(snapshot);
  const broken = [...snapshot.manifests].flatMap(([path, read]) => (isKept(path) ? read.problems : []));
  const problems = [
    ...broken,
    ...projects.flatMap((project) => project.problems),
    ...circles,
    ...lists.flatMap((list) => list.problems),
  ];
  return {
    root,
    files: sourceFiles(snapshot, isKept),
    packages: packages(snapshot, isKept, lists),
    pathMappings: mappings,
    links: Object.fromEntries([...snapshot.tree.links].sort(([a], [b]) => compareText(a, b))),
    configuration,
    // What is broken on purpose for a test is nobody's problem.
    problems: [
      ...mistakes,
      ...problems.filter((problem) => fileScope(problem.path) !== "test"),
      ...unreadable(snapshot),
    ].sort(byPlace),
  };
}

/** Every listed file that is not excluded, sorted, with kind and scope. */
export function sourceFiles(snapshot: Snapshot, isKept: (path: string) => boolean): readonly SourceFile[] {
  const { files } = snapshot.tree;
  const isOfPage = pageFinder([...snapshot.manifests.values()].flatMap(({ manifest }) => manifest ?? []));
  const exists = (path: string): boolean => files.has(path);
  const listed: SourceFile[] = [];
  for (const [path, { size, modified }] of files) {
    const kind = fileKind(path);
    if (kind !== undefined && isKept(path))
      listed.push({ path, kind, size, modified, scope: fileScopeAmong(path, exists), ...(kind === "code" && isOfPage(path) ? { page: true } : {}) });
  }
  return listed.sort((a, b) => compareText(a.path, b.path));
}

/** `exclude` is written as in an ignore file. */
export function keeper(exclude: readonly string[]): (path: string) => boolean {
  if (exclude.length === 0) return () => true;
  const rules = ignore({ allowRelativePaths: true, ignoreCase: false }).add(exclude);
  return (path) => !rules.ignores(path);
}

type MemberLists = readonly {
  readonly dir: string;
  readonly patterns: readonly string[];
  readonly problems: readonly WorkspaceProblem[];
}[];

function memberLists(snapshot: Snapshot): MemberLists {
  const paths = [...snapshot.texts.keys()].filter((path) =>
    /^(?:pnpm-workspace\.yaml|lerna\.json)$/.test(nameOf(path)),
  );
  return paths.sort(compareText).flatMap((path) => {
    const text = snapshot.texts.get(path);
    return text === undefined ? [] : [readMemberList(path, text)];
  });
}

function packages(snapshot: Snapshot, isKept: (path: string) => boolean, lists: MemberLists): readonly Package[] {
  return [...snapshot.manifests.values()]
    .flatMap(({ manifest }): readonly Package[] => {
      if (manifest === undefined || !isKept(manifest.manifest)) return [];
      const listed = lists.filter((list) => list.dir === manifest.dir).flatMap((list) => list.patterns);
      const workspaces = [...new Set([...manifest.workspaces, ...listed])];
      return [{ ...manifest, workspaces, installed: installedVersions(snapshot, manifest) }];
    })
    .sort((a, b) => compareText(a.dir, b.dir));
}

function installedVersions(snapshot: Snapshot, manifest: Omit<Package, "installed">): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(rangesOf(manifest)).flatMap(([name, range]): [string, string][] => {
      const version = installedVersion(snapshot, manifest.dir, name, range);
      return version === undefined ? [] : [[name, version]];
    }),
  );
}

function unreadable(snapshot: Snapshot): readonly WorkspaceProblem[] {
  return [...snapshot.tree.unreadable].map((path) => ({
    path,
    at: 0,
    end: 0,
    message: "This folder could not be read; what lies in it is unknown.",
    severity: "information",
  }));
}

function byPlace(a: WorkspaceProblem, b: WorkspaceProblem): number {
  return compareText(a.path, b.path) || a.at - b.at || compareText(a.message, b.message);
}
