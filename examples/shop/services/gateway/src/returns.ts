import { createClient, postJson } from "@shop/http";
import type { Request, Response } from "express";
import { config } from "./config";

const payments = createClient({ baseURL: config.paymentsUrl, caller: "gateway" });
const inventory = createClient({ baseURL: config.inventoryUrl, caller: "gateway" });

/** A customer sends goods back: the money goes back to the card, the goods to the shelf. */
export async function returnOrder(req: Request, res: Response) {
  const { paymentId, items } = req.body;
  const refund = await postJson<{ id: string }>(payments, "/refunds", { paymentId });
  await postJson(inventory, "/restocks", { orderId: req.params.id, items });
  res.status(202).json({ refundId: refund.id });
}
