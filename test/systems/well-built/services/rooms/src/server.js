const express = require("express");
const { log, runWithRequestId } = require("@clinic/context");
const { calendar, listClosures } = require("./calendar");
const { inTransaction, pool } = require("./db");

const app = express();
let stopping = false;

app.get("/livez", (req, res) => res.send("ok"));
app.get("/readyz", async (req, res) => {
  const ready =
    !stopping &&
    (await pool.query("SELECT 1").then(
      () => true,
      () => false,
    ));
  res.status(ready ? 200 : 503).end();
});

app.use((req, res, next) => runWithRequestId(req.headers["x-request-id"], next));
app.use(express.json());

app.get("/closures/:year", async (req, res) => {
  res.json(await listClosures(Number(req.params.year)));
});

// PUT with the caller's id: a second try changes nothing.
app.put("/reservations/:bookingId", async (req, res) => {
  const { bookingId } = req.params;
  const { slot } = req.body;
  const day = await calendar("GET", `/slots/${encodeURIComponent(slot)}`);
  if (day.closed) return res.status(409).json({ error: "closed on that day" });
  await inTransaction(async (client) => {
    const insert = "INSERT INTO reservations (booking_id, slot) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING slot";
    const { rows } = await client.query(insert, [bookingId, slot]);
    if (rows.length === 0) return;
    const take = "UPDATE slots SET taken = taken + 1 WHERE slot = $1 AND taken < capacity";
    const { rowCount } = await client.query(take, [slot]);
    if (rowCount === 0) throw Object.assign(new Error(`no room left in ${slot}`), { status: 409 });
  });
  log("reserved", { bookingId, slot });
  res.status(201).json({ bookingId, slot });
});

app.delete("/reservations/:bookingId", async (req, res) => {
  await inTransaction(async (client) => {
    const { rows } = await client.query("DELETE FROM reservations WHERE booking_id = $1 RETURNING slot", [
      req.params.bookingId,
    ]);
    if (rows[0]) await client.query("UPDATE slots SET taken = taken - 1 WHERE slot = $1", [rows[0].slot]);
  });
  res.status(204).end();
});

const server = app.listen(process.env.PORT || 8080);
process.once("SIGTERM", () => {
  stopping = true;
  server.close(() => pool.end().then(() => process.exit(0)));
});
