/** `npm run pack` writes `artifacts/faultline.vsix`. */
import { statSync } from "node:fs";
import { pack } from "./build/pack.ts";

const file = await pack();
console.log(`${file}: ${(statSync(file).size / 1024 / 1024).toFixed(1)} MB`);
