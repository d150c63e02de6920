/** The terminal front door: arguments in, a report and an exit status out. It analyses nothing itself. */
export { processOutput, type Output } from "./output.ts";
export { run } from "./run.ts";
