import { createClient, postJson } from "@shop/http";
import type { Request, Response } from "express";
import { config } from "./config";

const orders = createClient({ baseURL: config.ordersUrl, caller: "gateway" });

interface PlacedOrder {
  id: string;
  status: string;
}

export async function checkout(req: Request, res: Response) {
  const order = { ...req.body, customerId: res.locals.customerId };
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const placed = await postJson<PlacedOrder>(orders, "/orders", order);
      return res.status(201).json(placed);
    } catch (error) {
      console.error("checkout failed, trying again", error);
    }
  }
  res.status(502).json({ error: "could not place the order, please try again later" });
}
