import { contextHeaders, log, runWithRequestId } from "@clinic/context";
import { isReady, onShutdown } from "@clinic/lifecycle";
import { fetchJson } from "@clinic/resilience";
import express from "express";
import { rateLimit } from "express-rate-limit";
import { createProxyMiddleware } from "http-proxy-middleware";
import { requirePatient } from "./auth.js";
import { config } from "./config.js";
import { dashboard } from "./dashboard.js";

const app = express();
app.set("trust proxy", 1);

app.get("/livez", (_req, res) => void res.send("ok"));
app.get("/readyz", async (_req, res) => {
  const jwks = `${config.identityUrl}/.well-known/jwks.json`;
  const ready = await isReady({ keys: () => fetchJson(jwks, { deadlineMs: 1_000 }) });
  res.status(ready ? 200 : 503).end();
});

app.use((req, res, next) => {
  delete req.headers["x-patient-id"];
  runWithRequestId(req.headers["x-request-id"], () => {
    Object.assign(req.headers, contextHeaders());
    res.set(contextHeaders());
    log("request", { method: req.method, path: req.path });
    next();
  });
});
app.use(rateLimit({ windowMs: 60_000, limit: 120, standardHeaders: "draft-8" }));

// The mesh ejects a dead upstream (k8s/mesh.yaml), so that the proxies carry a deadline only.
function forward(target: string, proxyTimeout: number) {
  return createProxyMiddleware({ target, changeOrigin: true, proxyTimeout, timeout: proxyTimeout });
}

app.use("/api/tokens", rateLimit({ windowMs: 60_000, limit: 5 }), forward(`${config.identityUrl}/tokens`, 5_000));
app.use("/api/bookings", requirePatient, forward(`${config.bookingsUrl}/bookings`, 60_000));
app.get("/api/dashboard", requirePatient, dashboard);

const server = app.listen(config.port);
server.keepAliveTimeout = 65_000;
onShutdown(() => new Promise((done) => server.close(done)));
