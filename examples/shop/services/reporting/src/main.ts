import "reflect-metadata";
import express from "express";
import { closeAbandonedOrders } from "./abandoned";
import { revenue, topSellers } from "./reports";

const app = express();

app.get("/health", (_req, res) => {
  res.json({ status: "ok" });
});

app.get("/reports/top-sellers", async (_req, res) => {
  res.json(await topSellers());
});

app.get("/reports/revenue/:day", async (req, res) => {
  res.json(await revenue(req.params.day));
});

setInterval(async () => {
  try {
    await closeAbandonedOrders();
  } catch (error) {
    console.error("could not close abandoned orders", error);
  }
}, 60_000);

app.listen(process.env.PORT ?? 3005, () => console.log("reporting is up"));
