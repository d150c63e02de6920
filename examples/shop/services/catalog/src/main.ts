import { createClient, postJson } from "@shop/http";
import Fastify from "fastify";
import { findProduct, insertProduct, listFeatured, type Product, updateProduct } from "./products";

const app = Fastify({ logger: true });
const inventory = createClient({ baseURL: process.env.INVENTORY_URL ?? "http://localhost:3003", caller: "catalog" });

app.get("/health", async () => ({ status: "ok" }));

app.get("/products", async () => listFeatured());

app.get<{ Params: { sku: string } }>("/products/:sku", async (request, reply) => {
  const product = await findProduct(request.params.sku);
  return product ?? reply.code(404).send({ error: "no such product" });
});

app.post<{ Body: Product & { quantity: number } }>("/products", async (request, reply) => {
  const { quantity, ...product } = request.body;
  await postJson(inventory, "/stock", { sku: product.sku, quantity });
  await insertProduct({ ...product, available: quantity > 0 });
  return reply.code(201).send(product);
});

app.patch<{ Params: { sku: string }; Body: Partial<Product> }>("/products/:sku", async (request, reply) => {
  await updateProduct(request.params.sku, request.body);
  return reply.code(204).send();
});

void app.listen({ port: Number(process.env.PORT ?? 3004), host: "0.0.0.0" });
