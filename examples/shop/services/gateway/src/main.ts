import { randomUUID } from "node:crypto";
import express from "express";
import { requireCustomer } from "./auth";
import { checkout } from "./checkout";
import { config } from "./config";
import { home } from "./home";
import { catalogProxy, ordersProxy } from "./proxies";
import { returnOrder } from "./returns";

const app = express();

app.use((req, res, next) => {
  req.headers["x-request-id"] ??= randomUUID();
  console.log(req.method, req.path, req.headers["x-request-id"]);
  next();
});

app.get("/health", (_req, res) => {
  res.json({ status: "ok" });
});

app.use("/api/products", catalogProxy);
app.post("/api/orders/:id/return", express.json(), returnOrder);
app.use("/api/orders", requireCustomer, ordersProxy);
app.get("/api/home", home);
app.post("/api/checkout", express.json(), requireCustomer, checkout);

app.listen(config.port, () => console.log(`gateway on ${config.port}`));
