import { runWithRequestId } from "@clinic/context";
import { isReady, onShutdown } from "@clinic/lifecycle";
import Fastify from "fastify";
import { consumer, follow, producer } from "./consumer.js";
import { doctorsIn, pool, redis } from "./doctors.js";

const app = Fastify();
app.addHook("onRequest", (request, _reply, done) => runWithRequestId(request.headers["x-request-id"], done));

app.get("/livez", async () => "ok");
app.get("/readyz", async (_request, reply) => {
  const ready = await isReady({ database: () => pool.query("SELECT 1") });
  return reply.code(ready ? 200 : 503).send();
});

app.get<{ Querystring: { near: string } }>("/doctors", async (request) => doctorsIn(request.query.near));

await app.listen({ port: Number(process.env.PORT ?? 8080), host: "0.0.0.0" });
onShutdown(
  () => app.close(),
  () => consumer.disconnect(),
  () => producer.disconnect(),
  () => redis.quit(),
  () => pool.end(),
);
await follow();
