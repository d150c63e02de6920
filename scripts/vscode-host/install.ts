/**
 * Puts a real VS Code (npm: code-server) and the Node.js that it wants (npm: node-linux-*) into one folder. Nothing but the
 * package registry is asked, and no install script is run but those of a few native modules, so it works without a download site.
 */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { repository } from "../generate/generated-file.ts";

/** A VS Code as npm has it. */
export interface HostVersion {
  readonly codeServer: string;
  /** The major that this code-server names in `engines`. */
  readonly node: string;
}

/** What the tests run on, and the lower bound that the manifest promises. */
export const hostVersions = {
  current: { codeServer: "4.139.1", node: "24.21.0" },
  oldest: { codeServer: "4.100.3", node: "20.19.5" },
} as const satisfies Record<string, HostVersion>;

export interface HostPaths {
  readonly node: string;
  readonly entry: string;
  readonly vscode: string;
}

/** Installs what is not there yet, and tells where it is. Several checkouts may share a folder: `FAULTLINE_VSCODE_HOST`. */
export function installHost(version: HostVersion): HostPaths {
  if (process.platform !== "linux")
    throw new Error("The embedded VS Code is for Linux: elsewhere install VS Code, with `code` on the PATH.");
  const home = join(
    resolve(process.env["FAULTLINE_VSCODE_HOST"] ?? join(repository, ".vscode-host")),
    version.codeServer,
  );
  const nodePackage = `node-linux-${process.arch}`;
  const modules = join(home, "node_modules");
  const paths: HostPaths = {
    node: join(modules, nodePackage, "bin", "node"),
    entry: join(modules, "code-server", "out", "node", "entry.js"),
    vscode: join(modules, "code-server", "lib", "vscode"),
  };
  const stamp = join(home, "ready.json");
  const wanted = JSON.stringify(version);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return paths;

  console.log(`Installing VS Code (code-server ${version.codeServer}) into ${home}: about a minute, once.`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, "package.json"), '{"private":true}');
  npm(
    home,
    "install",
    "--save-exact",
    "--ignore-scripts",
    `${nodePackage}@${version.node}`,
    `code-server@${version.codeServer}`,
  );
  // code-server's own install script does these two; both are pinned by a lock file in its package.
  npm(paths.vscode, "install", "--omit=dev", "--ignore-scripts");
  npm(join(paths.vscode, "extensions"), "install", "--omit=dev", "--ignore-scripts");
  buildNatives();
  writeFileSync(stamp, wanted);
  return paths;

  function npm(cwd: string, ...args: readonly string[]): void {
    const env = {
      ...process.env,
      PATH: `${dirname(paths.node)}${delimiter}${process.env["PATH"] ?? ""}`,
      // The headers of Node.js come with its npm package, so that a native module can be built with no download.
      npm_config_nodedir: join(modules, nodePackage),
    };
    execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], {
      cwd,
      stdio: ["ignore", "ignore", "inherit"],
      env,
    });
  }

  function buildNatives(): void {
    try {
      npm(paths.vscode, "rebuild", "@vscode/spdlog", "@vscode/native-watchdog");
    } catch {
      console.log("No compiler here: VS Code works without its two native modules, and writes no log files.");
    }
    if (!existsSync(join(modules, "argon2", "prebuilds"))) npm(home, "rebuild", "argon2");
    // Older versions download ripgrep in an install script; another package carries it.
    const ripgrep = join(paths.vscode, "node_modules", "@vscode", "ripgrep");
    if (!existsSync(ripgrep) || existsSync(join(ripgrep, "bin", "rg"))) return;
    npm(home, "install", "--no-save", "--ignore-scripts", "@vscode/ripgrep-universal@1.18.0");
    cpSync(join(modules, "@vscode", "ripgrep-universal", "bin", `linux-${process.arch}`), join(ripgrep, "bin"), {
      recursive: true,
    });
  }
}
