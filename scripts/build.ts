/** `npm run build` writes `dist/`: what the extension, the language server, its workers and the command line run. */
import { bundleAll } from "./build/bundles.ts";

const started = performance.now();
for (const { path, bytes } of await bundleAll()) console.log(`${(bytes / 1024).toFixed(0).padStart(7)} KiB  ${path}`);
console.log(`built in ${((performance.now() - started) / 1000).toFixed(1)} s`);
