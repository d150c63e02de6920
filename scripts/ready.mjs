// Makes a fresh clone ready: packages of the lock file, and Chromium where a browser is wanted.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

/** A sentence that says what is missing, or undefined when all is there. */
export function ready({ browser }) {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) return `Faultline needs Node.js 20.19 or newer; this is ${process.versions.node}.`;
  return installPackages() ?? (browser ? installBrowser() : undefined);
}

function installPackages() {
  // A linked folder belongs to another checkout, which keeps it.
  if (lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) return undefined;
  const stamp = join(root, "node_modules", ".faultline-lock");
  const lock = createHash("sha256").update(readFileSync(join(root, "package-lock.json"))).digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === lock) return undefined;
  console.log("Installing packages (npm ci)");
  try {
    execFileSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit", shell: process.platform === "win32" });
  } catch {
    return "npm ci failed: see above.";
  }
  writeFileSync(stamp, lock);
  return undefined;
}

function installBrowser() {
  if (process.env.CHROMIUM || onPath(["chromium", "chromium-browser", "google-chrome"])) return undefined;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !onPath(["apt-get"])) return "The tests in VS Code need Chromium: install it (Debian: apt-get install chromium), or name one in CHROMIUM.";
  console.log("Installing Chromium (apt-get)");
  try {
    execFileSync("apt-get", ["update", "-qq"], { stdio: "inherit" });
    execFileSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"], { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  } catch {
    return "apt-get could not install Chromium: see above.";
  }
  return undefined;
}

function onPath(names) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.some((name) => folders.some((folder) => existsSync(join(folder, name))));
}
