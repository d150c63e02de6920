/**
 * A copy of another service's data, kept up to date from its events, so that its database stays its own. The copy lags a
 * little behind: where that matters, ask the owner's API instead.
 */

export interface OwnerEvent<View> {
  /** Id of the entity that changed. */
  readonly id: string;
  /** Goes up with every change of this entity. */
  readonly version: number;
  /** What this service needs of the entity after the change; `null` where it was deleted. */
  readonly view: View | null;
}

export interface StoredView<View> {
  readonly id: string;
  readonly version: number;
  /** `null` for a deleted entity, kept so that a late event does not bring it back. */
  readonly view: View | null;
}

/** A table of this service's own database. */
export interface ReadModelStore<View> {
  load(id: string): Promise<StoredView<View> | undefined>;
  /**
   * Stores the view if the stored version is lower or there is none, in one statement, and says whether it did:
   * `INSERT … ON CONFLICT (id) DO UPDATE … WHERE stored.version < excluded.version`.
   */
  storeIfNewer(view: StoredView<View>): Promise<boolean>;
}

export interface ReadModel<View> {
  /** Takes an event in. Events may come twice, late or out of order: only a newer one changes anything. */
  apply(event: OwnerEvent<View>): Promise<"applied" | "stale">;
  /** What is known of the entity. */
  get(id: string): Promise<View | undefined>;
}

export function readModel<View>(store: ReadModelStore<View>): ReadModel<View> {
  return { apply, get };

  async function apply(event: OwnerEvent<View>): Promise<"applied" | "stale"> {
    return (await store.storeIfNewer({ id: event.id, version: event.version, view: event.view })) ? "applied" : "stale";
  }

  async function get(id: string): Promise<View | undefined> {
    return (await store.load(id))?.view ?? undefined;
  }
}

/** Forgets everything with the process: for tests. */
export class InMemoryReadModelStore<View> implements ReadModelStore<View> {
  private readonly views = new Map<string, StoredView<View>>();

  async load(id: string): Promise<StoredView<View> | undefined> {
    return this.views.get(id);
  }

  async storeIfNewer(view: StoredView<View>): Promise<boolean> {
    const stored = this.views.get(view.id);
    if (stored !== undefined && stored.version >= view.version) return false;
    this.views.set(view.id, view);
    return true;
  }
}
