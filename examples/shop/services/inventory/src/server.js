const express = require("express");
const { markSoldOut } = require("./catalog");
const { inTransaction, pool } = require("./db");

const app = express();
app.use(express.json());

app.get("/health", (req, res) => res.send("ok"));

app.post("/reservations", async (req, res) => {
  const { orderId, items } = req.body;
  const left = await inTransaction(async (client) => {
    const stock = [];
    for (const { sku, quantity } of items) {
      const { rows } = await client.query(
        "UPDATE stock SET available = available - $2 WHERE sku = $1 AND available >= $2 RETURNING sku, available",
        [sku, quantity],
      );
      if (rows.length === 0) throw new Error(`not enough of ${sku}`);
      await client.query("INSERT INTO reservations (order_id, sku, quantity) VALUES ($1, $2, $3)", [
        orderId,
        sku,
        quantity,
      ]);
      stock.push(rows[0]);
    }
    return stock;
  });
  await Promise.all(left.filter((row) => row.available === 0).map((row) => markSoldOut(row.sku)));
  res.status(201).json({ orderId });
});

app.post("/stock", async (req, res) => {
  const { sku, quantity } = req.body;
  await pool.query("INSERT INTO stock (sku, available) VALUES ($1, $2)", [sku, quantity]);
  res.status(201).json({ sku, available: quantity });
});

app.post("/restocks", async (req, res) => {
  for (const { sku, quantity } of req.body.items) {
    await pool.query("UPDATE stock SET available = available + $2 WHERE sku = $1", [sku, quantity]);
  }
  res.status(204).end();
});

app.listen(process.env.PORT || 3003, () => console.log("inventory is up"));
