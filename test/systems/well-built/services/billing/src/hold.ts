import { contextHeaders } from "@clinic/context";
import { holdCard, releaseCard } from "./card-network.js";
import { db } from "./database.js";
import { releaseCover, reserveCover } from "./insurer.js";
import type { Step } from "./saga.js";

export interface Hold {
  id: string;
  patientId: string;
  amount: number;
}

const cover: Step<Hold> = {
  name: "cover",
  run: ({ id, patientId, amount }) => reserveCover(id, patientId, amount),
  compensate: ({ id }) => releaseCover(id),
};

const card: Step<Hold> = {
  name: "card",
  run: ({ id, amount }) => holdCard(id, amount),
  compensate: ({ id }) => releaseCard(id),
};

const invoice: Step<Hold> = {
  name: "invoice",
  run: ({ id, patientId, amount }) =>
    db.transaction(async (tx) => {
      const rows = await tx("invoices")
        .insert({ id, patient_id: patientId, amount, state: "held" })
        .onConflict("id")
        .ignore()
        .returning("id");
      if (rows.length === 0) return;
      await tx("outbox").insert({
        topic: "billing.held",
        key: id,
        payload: { id, patientId, amount },
        headers: contextHeaders(),
      });
    }),
  compensate: async ({ id }) => {
    await db("invoices").where({ id }).update({ state: "released" });
  },
};

export const holdSteps: readonly Step<Hold>[] = [cover, card, invoice];
