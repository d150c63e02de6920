/** What the scaffolds of `database/shared` need. */
export interface DatabaseFixData {
  /** The file with the offending access. */
  readonly path: string;
  /** Entity, table or collection: `User`, `order_items`. */
  readonly entity: string;
  /** The service that owns it, where one could be told. */
  readonly owner?: string;
  /** Fields that the offending access reads, where known: the view starts with them. */
  readonly fields?: readonly string[];
}
