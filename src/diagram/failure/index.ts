/** What happens when a part fails: a pure, deterministic model. See `docs/failure-model.md`. */
export { assumptions, type Assumptions } from "./assumptions.ts";
export { failureSystemOf, joinedSystem } from "./recovered.ts";
export { simulate } from "./simulate.ts";
export type { FailureEdge, FailureNode, FailureSystem, Guard, Wait } from "./system.ts";
