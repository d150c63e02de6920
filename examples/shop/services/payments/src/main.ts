import { randomUUID } from "node:crypto";
import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import Fastify from "fastify";
import * as provider from "./provider";

const app = Fastify({ logger: true });
const adapter = new PrismaPg({
  connectionString: process.env.DATABASE_URL ?? "postgres://shop:shop@localhost:5432/payments",
  connectionTimeoutMillis: 3000,
  query_timeout: 5000,
});
const prisma = new PrismaClient({ adapter });

interface ChargeRequest {
  orderId: string;
  amount: number;
  card: string;
}

app.get("/health", async () => ({ status: "ok" }));

app.post<{ Body: ChargeRequest }>("/charges", async (request, reply) => {
  const { orderId, amount, card } = request.body;
  const receipt = await provider.charge(amount, card);
  const payment = await prisma.payment.create({
    data: { id: randomUUID(), orderId, amount, providerId: receipt.id },
  });
  return reply.code(201).send({ id: payment.id });
});

app.post<{ Body: { paymentId: string } }>("/refunds", async (request, reply) => {
  const payment = await prisma.payment.findUniqueOrThrow({ where: { id: request.body.paymentId } });
  if (payment.status === "refunded") return reply.code(200).send({ id: payment.id });
  const receipt = await provider.refund(payment.providerId);
  await prisma.payment.update({ where: { id: payment.id }, data: { status: "refunded" } });
  return reply.code(201).send({ id: receipt.id });
});

void app.listen({ port: Number(process.env.PORT ?? 3002), host: "0.0.0.0" });
