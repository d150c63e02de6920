import express from "express";
import { listOrders } from "./rows.js";

const app = express();

app.post("/charge/:order", (request, response) => {
  response.json({ order: request.params.order });
});

app.get("/orders", async (_request, response) => {
  response.json(await listOrders());
});

app.listen(3000);
