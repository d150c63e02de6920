import { Worker } from "node:worker_threads";

/** A worker that parses. From the bundle it is the same file in another role; from source, TypeScript must be taught first. */
export function parserThread(): Worker {
  const here = import.meta.url;
  const data = { faultline: "parser" };
  if (!here.endsWith(".ts")) return new Worker(new URL(here), { workerData: data, resourceLimits: { maxOldGenerationSizeMb: 1024 } });
  const entry = new URL("./parse-worker.ts", here).href;
  const bootstrap = `import("tsx/esm/api").then((tsx) => { tsx.register(); return import(${JSON.stringify(entry)}); })`;
  return new Worker(bootstrap, { eval: true, workerData: data });
}
