import { setTimeout as sleep } from "node:timers/promises";
import { log } from "@clinic/context";
import { type DataSource, LessThan, LessThanOrEqual } from "typeorm";
import type { BillingClient } from "../clients/billing.client.js";
import type { RoomsClient } from "../clients/rooms.client.js";
import { CompensationDue } from "../entities.js";

const MAX_ATTEMPTS = 20;

/** Repeats undo steps that failed, with growing and random waits; what still fails after the last attempt goes to a person. */
export async function runCompensations(
  database: DataSource,
  rooms: RoomsClient,
  billing: BillingClient,
  signal: AbortSignal,
) {
  const undo = { rooms: (id: string) => rooms.release(id), billing: (id: string) => billing.release(id) };
  const table = database.getRepository(CompensationDue);
  while (!signal.aborted) {
    const where = { dueAt: LessThanOrEqual(new Date()), attempts: LessThan(MAX_ATTEMPTS) };
    for (const due of await table.find({ where, order: { id: "ASC" }, take: 20 })) {
      try {
        await undo[due.step](due.bookingId);
        await table.delete({ id: due.id });
      } catch (error) {
        const attempts = due.attempts + 1;
        const wait = Math.random() * Math.min(300_000, 1_000 * 2 ** attempts);
        await table.update({ id: due.id }, { attempts, dueAt: new Date(Date.now() + wait) });
        if (attempts >= MAX_ATTEMPTS)
          log("compensation needs a person, page the owner", { id: due.id, error: String(error) });
      }
    }
    await sleep(1_000, undefined, { signal }).catch(() => undefined);
  }
}
