import { setImmediate } from "node:timers/promises";
import { Cancelled, type Cancellation } from "./analysis.ts";

/** Gives way to whatever waits (a cancellation among it), then throws `Cancelled` where that is the state of things. */
export type Checkpoint = () => Promise<void>;

export function checkpointOf(cancel: Cancellation | undefined): Checkpoint {
  if (cancel === undefined) return async () => undefined;
  return async () => {
    await setImmediate();
    if (cancel.isCancelled) throw new Cancelled();
  };
}
