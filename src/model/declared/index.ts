/** Architectures that somebody wrote down, read and held against the one that the code has. */
export type { Declared, DeclaredElement, DeclaredRelation, ReadDeclared } from "./declared.ts";
export { driftOf, type Drift } from "./drift.ts";
export { readDeclared } from "./read.ts";
