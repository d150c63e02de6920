/** What is on disk, uninterpreted: the value that `workspace/` hands to the rest. All paths are relative to `root`, with `/`. */

export interface Workspace {
  /** Absolute path of the root, with `/`. Only front doors and the engine's reader use it. */
  readonly root: string;
  /** Sorted by path. */
  readonly files: readonly SourceFile[];
  /** Every package.json, sorted by directory; the root's, where there is one, has `dir` `""`. */
  readonly packages: readonly Package[];
  /** Every tsconfig*.json or jsconfig.json with `paths` or `baseUrl` after its `extends` were followed. */
  readonly pathMappings: readonly PathMapping[];
  /** Links inside the workspace: path of the link → path that it leads to. The target is what is listed among `files`. */
  readonly links: Readonly<Record<string, string>>;
  readonly configuration: Configuration;
  readonly problems: readonly WorkspaceProblem[];
}

export interface SourceFile {
  readonly path: string;
  readonly kind: FileKind;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
  /**
   * Why the rules leave it out by default; `service` is everything else. `model/` may still read facts from it.
   * Decided by path conventions alone (`*.spec.ts`, `__tests__/`, `migrations/`, `scripts/`, `*.stories.tsx`, `*.d.ts` …).
   */
  readonly scope: FileScope;
  /** It belongs to an application that browsers run: of its code only what tells whom it calls is of interest. */
  readonly page?: true;
}

export type FileKind = "code" | "yaml" | "json" | "prisma" | "dockerfile" | "env" | "nginx";
export type FileScope = "service" | "test" | "migration" | "script" | "declaration" | "generated" | "vendored" | "tooling" | "archived";

export interface Package {
  /** Directory of the package.json. */
  readonly dir: string;
  /** `""` where the manifest gives none; so is `version`. */
  readonly name: string;
  readonly version: string;
  readonly manifest: string;
  /** dependencies, peerDependencies, optionalDependencies: name → range. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Versions that are really there: from node_modules/NAME/package.json or the lock file, where known. name → version. */
  readonly installed: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly workspaces: readonly string[];
  readonly isPrivate: boolean;
  readonly isModule: boolean;
  readonly main?: string;
  readonly types?: string;
  readonly bin: readonly string[];
  /** `exports`, flattened: subpath (`.`, `./http`) → target paths in order of preference. */
  readonly exports: Readonly<Record<string, readonly string[]>>;
  /** `imports`, flattened alike: `#internal/*` → target paths in order of preference. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

export interface PathMapping {
  /** Directory of the tsconfig: governs the files beneath it, nearest first. */
  readonly dir: string;
  readonly config: string;
  /** Relative to the root, already joined with the tsconfig's directory. */
  readonly baseUrl?: string;
  /** Pattern (`@app/*`) → targets relative to the root (`libs/app/src/*`). */
  readonly paths: Readonly<Record<string, readonly string[]>>;
}

export interface Configuration {
  /** File that it was read from; absent where defaults are in force. */
  readonly path?: string;
  /** Slug → severity or off. */
  readonly rules: Readonly<Record<string, Severity | "off">>;
  readonly exclude: readonly string[];
  /** The service map that people declare: it refines or overrides what is recovered. */
  readonly services: readonly DeclaredService[];
  readonly stores?: readonly DeclaredStore[];
  readonly edges?: readonly DeclaredEdge[];
  /** Where entries of the service map stand in the file, by path: `services/0/root`. */
  readonly spans?: Readonly<Record<string, { readonly at: number; readonly end: number }>>;
  /** The file that holds the declared architecture, and where the configuration names it. */
  readonly declared?: { readonly path: string; readonly at: number; readonly end: number };
  readonly ignore: readonly { readonly rule: string; readonly service?: string; readonly path?: string; readonly reason: string; readonly until?: string }[];
}

export interface DeclaredService {
  readonly name: string;
  /** Folder of its code; absent for one that was recovered and is only told more of here. */
  readonly root?: string;
  /** Host names that it answers to, and variables that hold its address. */
  readonly aliases?: readonly string[];
  /** It belongs to somebody else: no code of it is here. */
  readonly external?: boolean;
}

export interface DeclaredStore {
  readonly name: string;
  readonly engine?: string;
  /** Hosts, databases and variables by which code and manifests speak of it. */
  readonly aliases?: readonly string[];
}

export interface DeclaredEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: "http" | "grpc" | "event" | "db" | "other";
  readonly via?: string;
}

export type Severity = "error" | "warning" | "information" | "hint";

/** One clear message where the user is looking. */
export interface WorkspaceProblem {
  readonly path: string;
  readonly at: number;
  readonly end: number;
  readonly message: string;
  readonly severity: Severity;
}
