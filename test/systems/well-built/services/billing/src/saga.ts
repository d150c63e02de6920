import { log } from "@clinic/context";
import { db } from "./database.js";

export interface Step<Input> {
  name: string;
  run(input: Input): Promise<void>;
  /** Idempotent: it may run although the step itself never took place. */
  compensate(input: Input): Promise<void>;
}

/** Runs the steps in order. Progress is stored, and what cannot be undone at once is left to the worker. */
export async function runSaga<Input extends { id: string }>(
  steps: readonly Step<Input>[],
  input: Input,
): Promise<void> {
  const started: Step<Input>[] = [];
  try {
    for (const step of steps) {
      started.push(step);
      await db("saga_log").insert({ saga_id: input.id, step: step.name, input }).onConflict().ignore();
      await step.run(input);
    }
    await db("saga_log").where({ saga_id: input.id }).update({ state: "done" });
  } catch (error) {
    log("hold failed and is undone", { id: input.id, error: String(error) });
    for (const step of started.reverse()) await undo(step, input);
    throw error;
  }
}

export async function undo<Input extends { id: string }>(step: Step<Input>, input: Input): Promise<void> {
  const row = db("saga_log").where({ saga_id: input.id, step: step.name });
  try {
    await step.compensate(input);
    await row.update({ state: "undone" });
  } catch (error) {
    await row.update({ state: "undo-due", undo_at: db.raw("now() + interval '5 seconds'") });
    log("undo step is left to the worker", { id: input.id, step: step.name, error: String(error) });
  }
}
