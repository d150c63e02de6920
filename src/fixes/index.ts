/** The compiler, for the fixes that patterns bring: they take it from here, so that it stays behind this room. */
export { ts } from "ts-morph";
export { Draft, finish, STALE } from "./draft.ts";
export {
  ancestor,
  applyEdits,
  descendants,
  enclosing,
  freshName,
  indentAt,
  namesOf,
  nodeAt,
  orderChanges,
  parse,
} from "./edit.ts";
export { importLine, importNames, moduleLevel, type Imported, type ImportWish } from "./imports.ts";
export { mergeEdits } from "./merge.ts";
export { hasProperty, isCallback, type OptionsSet, setOptions, setProperties } from "./options.ts";
export { restyle } from "./restyle.ts";
export { operatorsModule, toPromise } from "./rxjs.ts";
export { detectStyle, type Style, type StyleHints } from "./style.ts";
export {
  fileExtension,
  instantiate,
  placeModule,
  placeTemplate,
  specifierTo,
  type PlacedTemplate,
  type Template,
} from "./template.ts";
export { wholePromise, wrapInFunction } from "./wrap.ts";
