/** What the page is made of. */
import type { Details } from "./details.ts";
import type { FailurePanel } from "./failure-panel.ts";
import type { FilterPanel } from "./filter-panel.ts";
import type { Frame } from "./frame.ts";
import type { Minimap } from "./minimap.ts";
import type { Search } from "./search.ts";

export interface Parts {
  readonly frame: Frame;
  readonly details: Details;
  readonly search: Search;
  readonly failure: FailurePanel;
  readonly filters: FilterPanel;
  readonly minimap: Minimap;
  /** Names of the variables that the drawing is coloured with. */
  readonly colours: readonly string[];
}
