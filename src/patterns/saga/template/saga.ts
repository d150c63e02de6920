/**
 * Runs a flow over several services so that it ends done or undone: every step has a compensation, and when a step fails
 * the ones before it are compensated in reverse order. Progress is saved before each step, so a crash loses nothing.
 */

export const DEFAULT_SAGA_POLICY = {
  /** How often a compensation is tried. Many: whoever it fails for has paid for nothing. */
  compensationAttempts: 6,
  /** Upper bound of the first wait between them in ms; it doubles up to `capMs`, and the wait is a random share of it. */
  baseMs: 500,
  capMs: 30_000,
};

export interface SagaCall {
  /** The same for every attempt of this step in this run: send it as idempotency key, so that doing it twice does it once. */
  readonly key: string;
  /** Aborts when the caller gives up. A compensation is not given up. */
  readonly signal: AbortSignal;
}

export interface SagaStep<State> {
  readonly name: string;
  /** Does the step, and returns what later steps and its compensation need; it is merged into the state. */
  run(state: Readonly<State>, call: SagaCall): Promise<Partial<State>>;
  /**
   * Undoes the step. It may run twice, and after a step whose outcome is not known (a timeout): undoing what did not happen
   * must succeed. For a step that only reads, return at once.
   */
  compensate(state: Readonly<State>, call: SagaCall): Promise<void>;
}

export interface SagaRecord<State> {
  readonly id: string;
  /** `stuck`: a compensation failed for good, and a person or `resume` has to see to it. */
  readonly status: "running" | "done" | "compensating" | "undone" | "stuck";
  /** Steps begun, in order; the last one may or may not have happened. */
  readonly begun: readonly string[];
  /** Steps whose compensation is still owed. */
  readonly owed: readonly string[];
  readonly state: State;
  readonly failure?: string;
  /** Goes up by one with each save: a store refuses a record that is not newer, so that two workers cannot run one saga. */
  readonly revision: number;
}

/** Where progress survives a restart: a table with the id as key. State must be serialisable. */
export interface SagaStore<State> {
  load(id: string): Promise<SagaRecord<State> | undefined>;
  /** Rejects where the stored revision is not `record.revision - 1`. */
  save(record: SagaRecord<State>): Promise<void>;
}

export interface SagaOptions<State> {
  readonly store: SagaStore<State>;
  readonly compensationAttempts?: number | undefined;
  readonly baseMs?: number | undefined;
  readonly capMs?: number | undefined;
  /** A number from 0 up to 1; replaced in tests. */
  readonly random?: (() => number) | undefined;
}

export interface Saga<State> {
  /** Runs the flow once per id: called again with the same id it goes on where it stood. Resolves to the final state. */
  run(id: string, state: State, signal?: AbortSignal): Promise<State>;
  /** Takes up a saga that a crash or a stuck compensation left behind. */
  resume(id: string, signal?: AbortSignal): Promise<State>;
}

/** The flow was undone; `cause` is the failure that made it so. */
export class SagaUndone extends Error {
  constructor(id: string, cause: unknown) {
    super(`Saga ${id} failed and was undone: ${messageOf(cause)}`, { cause });
    this.name = "SagaUndone";
  }
}

/** The flow failed, and so did undoing it: somebody has to be told. */
export class SagaCompensationFailed extends Error {
  /** Steps whose effects are still out there. */
  readonly left: readonly string[];

  constructor(id: string, left: readonly string[], cause: unknown) {
    super(`Saga ${id} failed and could not be undone; left: ${left.join(", ")}`, { cause });
    this.name = "SagaCompensationFailed";
    this.left = left;
  }
}

/** Makes a saga of its steps, in the order in which they run. Step names are part of what is stored: do not rename them. */
export function saga<State>(steps: readonly SagaStep<State>[], options: SagaOptions<State>): Saga<State> {
  const { store, random = Math.random } = options;
  const { compensationAttempts = DEFAULT_SAGA_POLICY.compensationAttempts } = options;
  const { baseMs = DEFAULT_SAGA_POLICY.baseMs, capMs = DEFAULT_SAGA_POLICY.capMs } = options;

  return { run, resume };

  async function run(id: string, state: State, signal?: AbortSignal): Promise<State> {
    const known = await store.load(id);
    if (known !== undefined) return proceed(known, signal);
    const record: SagaRecord<State> = { id, status: "running", begun: [], owed: [], state, revision: 1 };
    await store.save(record);
    return proceed(record, signal);
  }

  async function resume(id: string, signal?: AbortSignal): Promise<State> {
    const record = await store.load(id);
    if (record === undefined) throw new Error(`No saga ${id} in the store`);
    return proceed(record, signal);
  }

  async function proceed(record: SagaRecord<State>, signal = new AbortController().signal): Promise<State> {
    if (record.status === "done") return record.state;
    if (record.status === "undone") throw new SagaUndone(record.id, record.failure);
    return record.status === "running" ? forward(record, signal) : backward(record, record.failure);
  }

  async function forward(start: SagaRecord<State>, signal: AbortSignal): Promise<State> {
    let record = start;
    // A step that was begun when the process died runs again, under the same key.
    for (const step of steps.slice(Math.max(0, record.begun.length - 1))) {
      if (!record.begun.includes(step.name)) {
        record = await save(record, { begun: [...record.begun, step.name], owed: [...record.owed, step.name] });
      }
      let result: Partial<State>;
      try {
        if (signal.aborted) throw signal.reason;
        result = await step.run(record.state, { key: keyOf(record, step), signal });
      } catch (error) {
        return backward(await save(record, { status: "compensating", failure: messageOf(error) }), error);
      }
      record = await save(record, { state: { ...record.state, ...result } });
    }
    return (await save(record, { status: "done", owed: [] })).state;
  }

  async function backward(start: SagaRecord<State>, cause: unknown): Promise<never> {
    let record = start;
    const failures: unknown[] = [];
    for (const name of [...record.owed].reverse()) {
      const step = steps.find((each) => each.name === name);
      try {
        if (step === undefined) throw new Error(`No step ${name} in this saga`);
        await compensate(step, record);
        record = await save(record, { owed: record.owed.filter((each) => each !== name) });
      } catch (error) {
        // The others are undone all the same: one that cannot be must not keep them.
        failures.push(error);
      }
    }
    if (failures.length === 0) {
      await save(record, { status: "undone" });
      throw new SagaUndone(record.id, cause);
    }
    await save(record, { status: "stuck" });
    throw new SagaCompensationFailed(record.id, record.owed, new AggregateError([cause, ...failures]));
  }

  async function compensate(step: SagaStep<State>, record: SagaRecord<State>): Promise<void> {
    const call = { key: `${keyOf(record, step)}:undo`, signal: new AbortController().signal };
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await step.compensate(record.state, call);
      } catch (error) {
        if (attempt >= compensationAttempts) throw error;
        const waitMs = random() * Math.min(capMs, baseMs * 2 ** (attempt - 1));
        await new Promise((resolve) => setTimeout(resolve, waitMs));
      }
    }
  }

  async function save(record: SagaRecord<State>, change: Partial<SagaRecord<State>>): Promise<SagaRecord<State>> {
    const next = { ...record, ...change, revision: record.revision + 1 };
    await store.save(next);
    return next;
  }

  function keyOf(record: SagaRecord<State>, step: SagaStep<State>): string {
    return `${record.id}:${step.name}`;
  }
}

/** Forgets everything with the process: for tests. */
export class InMemorySagaStore<State> implements SagaStore<State> {
  private readonly records = new Map<string, string>();

  async load(id: string): Promise<SagaRecord<State> | undefined> {
    return this.read(id);
  }

  async save(record: SagaRecord<State>): Promise<void> {
    if ((this.read(record.id)?.revision ?? 0) !== record.revision - 1)
      throw new Error(`Saga ${record.id} is being run elsewhere`);
    this.records.set(record.id, JSON.stringify(record));
  }

  private read(id: string): SagaRecord<State> | undefined {
    const text = this.records.get(id);
    return text === undefined ? undefined : (JSON.parse(text) as SagaRecord<State>);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
