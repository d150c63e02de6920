import { proxyActivities } from "@temporalio/workflow";
import type * as activities from "./activities.js";
import type { Referral } from "./activities.js";

const { reserveBed, orderTransport, sendPapers } = proxyActivities<typeof activities>({
  startToCloseTimeout: "12 seconds",
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "30 seconds", maximumAttempts: 5 },
});

const undo = proxyActivities<typeof activities>({
  startToCloseTimeout: "12 seconds",
  scheduleToCloseTimeout: "3 days",
  retry: { initialInterval: "1 second", backoffCoefficient: 2, maximumInterval: "10 minutes" },
});

/** A bed, a ride, then the papers; when one of them cannot be had, what was taken is given back, last first. */
export async function referPatient(referral: Referral): Promise<void> {
  const compensations: (() => Promise<void>)[] = [];
  try {
    compensations.unshift(() => undo.releaseBed(referral));
    await reserveBed(referral);
    compensations.unshift(() => undo.cancelTransport(referral));
    await orderTransport(referral);
    await sendPapers(referral);
  } catch (error) {
    for (const compensate of compensations) await compensate();
    throw error;
  }
}
