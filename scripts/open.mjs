#!/usr/bin/env node
// `npm run demo [-- DIR]`: opens a folder in VS Code with this Faultline loaded; the example shop where no folder is named.
// Plain JavaScript: it runs before anything is installed.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ready } from "./ready.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
// npm runs scripts in the package's folder and says where it was called.
const folder = resolve(process.env.INIT_CWD ?? process.cwd(), process.argv[2] ?? resolve(root, "examples/shop"));

const missing = ready({ browser: false });
if (missing !== undefined) {
  console.error(missing);
  process.exit(1);
}
const { status } = spawnSync(process.execPath, ["--import", "tsx", "scripts/open/open.ts", folder], { cwd: root, stdio: "inherit" });
process.exit(status ?? 1);
