import assert from "node:assert/strict";
import type { Text } from "../../../src/model/text.ts";
import { resolveText } from "../../../src/model/architecture/addresses.ts";
import { env, known, system, type System } from "./system.ts";

const start = JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4" } });

describe("the address of a call", () => {
  let shop: System;
  before(async () => {
    shop = await system({
      "orders/package.json": start,
      "orders/index.js": "",
      "orders/.env": "PORT=3001\nPAYMENTS_URL=http://localhost:3002\nSEARCH_HOST=\n",
      "payments/package.json": start,
      "payments/index.js": "",
      "payments/.env": "PORT=3002\n",
      "compose.yaml":
        "services:\n  orders:\n    build: orders\n    environment:\n      STOCK_URL: http://stock-api:8080/v1\n      DATABASE_URL: postgres://me:secret@db:5432/orders\n  payments:\n    build: payments\n    container_name: pay\n  db:\n    image: postgres\n    ports: ['6432:5432']\n  rabbit:\n    image: rabbitmq:3-management\n",
      "k8s/payments.yaml":
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: payments }\nspec:\n  template:\n    metadata: { labels: { app: payments } }\n    spec:\n      containers: [{ name: payments, image: payments }]\n---\napiVersion: v1\nkind: Service\nmetadata: { name: payments-svc }\nspec:\n  selector: { app: payments }\n  ports: [{ port: 80, targetPort: 3002 }]\n",
    });
  });

  const cases: readonly (readonly [string, Text, string])[] = [
    ["is a service by its Compose name", known("http://payments:3002/charge"), "service service:payments"],
    ["is a service by its container's name", known("http://pay/charge"), "service service:payments"],
    ["is a service by its Kubernetes name, with namespace and cluster", known("http://payments-svc.shop.svc.cluster.local/charge"), "service service:payments"],
    ["is read from the environment", [...env("PAYMENTS_URL"), ...known("/charge")], "service service:payments"],
    ["falls back to the default in the code", env("NOT_SET", "http://payments"), "service service:payments"],
    ["is the service that listens on that port in development", known("http://localhost:3002"), "service service:payments"],
    ["is the service itself on its own port", known("http://localhost:3001/health"), "self service:orders"],
    ["is told by the variable's name, where nothing sets it", [...env("PAYMENTS_SERVICE_URL"), ...known("/charge")], "service service:payments"],
    ["is a store by its scheme and host", env("DATABASE_URL"), "store db"],
    ["is a store by the port that is published for it", known("localhost:6432"), "store db"],
    ["is a broker", known("amqp://rabbit"), "broker rabbit"],
    ["is a third party by the name of its domain", known("https://api.stripe.com/v1/charges"), "external stripe"],
    ["is a system deployed elsewhere, where nothing here answers to the name", [...env("STOCK_URL"), ...known("/levels")], "external stock-api"],
    ["stays unknown where its host is", [{ is: "known", text: "http://" }, { is: "parameter", name: "host" }], "unknown "],
  ];
  for (const [title, text, expected] of cases)
    it(title, () => {
      const orders = shop.map.services.find((service) => service.name === "orders");
      assert.ok(orders);
      const { kind, id } = resolveText(text, orders, shop.map);
      assert.equal(`${kind} ${id}`, expected);
    });

  it("shows where it was read, without the password", () => {
    const [orders] = shop.map.services;
    assert.ok(orders);
    assert.deepEqual(resolveText(env("DATABASE_URL"), orders, shop.map).why.map((step) => `${step.says} ${step.place?.path ?? ""}`), ["`DATABASE_URL` is `postgres://…@db:5432/orders` compose.yaml", "`db` is postgres compose.yaml"].map((line) => line.replace("//…@", "//…@")));
  });
});
