import { readFile } from "node:fs/promises";
import { log, runWithRequestId } from "@clinic/context";
import { isReady, onShutdown } from "@clinic/lifecycle";
import Fastify from "fastify";
import { exportJWK, importPKCS8, importSPKI, SignJWT } from "jose";
import { authenticate, pool } from "./users.js";

const { SIGNING_KEY_FILE, PUBLIC_KEY_FILE, TOKEN_ISSUER } = process.env;
if (!SIGNING_KEY_FILE || !PUBLIC_KEY_FILE || !TOKEN_ISSUER) throw new Error("keys or issuer are not configured");
const signingKey = await importPKCS8(await readFile(SIGNING_KEY_FILE, "utf8"), "RS256");
const publicKey = await importSPKI(await readFile(PUBLIC_KEY_FILE, "utf8"), "RS256", { extractable: true });
const jwk = { ...(await exportJWK(publicKey)), alg: "RS256", use: "sig", kid: "2026-11" };

const app = Fastify();
app.addHook("onRequest", (request, _reply, done) => runWithRequestId(request.headers["x-request-id"], done));

app.get("/livez", async () => "ok");
app.get("/readyz", async (_request, reply) => {
  const ready = await isReady({ database: () => pool.query("SELECT 1") });
  return reply.code(ready ? 200 : 503).send();
});

app.get("/.well-known/jwks.json", async () => ({ keys: [jwk] }));

app.post<{ Body: { email: string; password: string } }>("/tokens", async (request, reply) => {
  const userId = await authenticate(request.body.email, request.body.password);
  log("sign-in", { accepted: userId !== undefined });
  if (!userId) return reply.code(401).send({ error: "wrong email or password" });
  const token = await new SignJWT({})
    .setProtectedHeader({ alg: "RS256", kid: jwk.kid })
    .setSubject(userId)
    .setIssuer(TOKEN_ISSUER)
    .setAudience("clinic")
    .setExpirationTime("15m")
    .sign(signingKey);
  return reply.code(201).send({ token });
});

await app.listen({ port: Number(process.env.PORT ?? 8080), host: "0.0.0.0" });
onShutdown(
  () => app.close(),
  () => pool.end(),
);
