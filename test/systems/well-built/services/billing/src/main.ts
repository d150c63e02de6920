import { runWithRequestId } from "@clinic/context";
import { isReady, onShutdown } from "@clinic/lifecycle";
import Fastify from "fastify";
import { db } from "./database.js";
import { type Hold, holdSteps } from "./hold.js";
import { runSaga, undo } from "./saga.js";

const app = Fastify();
app.addHook("onRequest", (request, _reply, done) => runWithRequestId(request.headers["x-request-id"], done));

app.get("/livez", async () => "ok");
app.get("/readyz", async (_request, reply) => {
  const ready = await isReady({ database: () => db.raw("SELECT 1") });
  return reply.code(ready ? 200 : 503).send();
});

app.get<{ Querystring: { patient: string } }>("/invoices", async (request) =>
  db("invoices").where({ patient_id: request.query.patient }).orderBy("id").limit(20),
);

app.put<{ Params: { id: string }; Body: Omit<Hold, "id"> }>("/holds/:id", async (request, reply) => {
  await runSaga(holdSteps, { id: request.params.id, ...request.body });
  return reply.code(201).send({ id: request.params.id });
});

app.delete<{ Params: { id: string } }>("/holds/:id", async (request, reply) => {
  const hold = { id: request.params.id, patientId: "", amount: 0 };
  for (const step of [...holdSteps].reverse()) await undo(step, hold);
  return reply.code(204).send();
});

async function start() {
  await app.listen({ port: Number(process.env.PORT ?? 8080), host: "0.0.0.0" });
  onShutdown(
    () => app.close(),
    () => db.destroy(),
  );
}

void start();
