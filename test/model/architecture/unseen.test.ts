import assert from "node:assert/strict";
import { architecture, printEdges, system } from "./system.ts";

const start = (dependencies: Readonly<Record<string, string>>): string => JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", ...dependencies } });
const serves = "const app = require('express')();\napp.listen(3000);\n";
const compose = (names: readonly string[], more = ""): string => `services:\n${names.map((name) => `  ${name}:\n    build: ./${name}\n`).join("")}${more}`;
const page = { next: "15", react: "19", axios: "1" };

const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: edge }
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - { path: "/api/orders/?(.*)", pathType: Exact, backend: { service: { name: orders, port: { number: 3000 } } } }
          - { path: "/api/users/?(.*)", pathType: Exact, backend: { service: { name: users, port: { number: 3000 } } } }
`;
const deployment = (name: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { selector: { matchLabels: { app: ${name} } }, template: { metadata: { labels: { app: ${name} } }, spec: { containers: [{ name: ${name}, image: acme/${name} }] } } }
---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { selector: { app: ${name} }, ports: [{ port: 3000 }] }
`;
const cluster = {
  "infra/ingress.yaml": ingress, "infra/orders.yaml": deployment("orders"), "infra/users.yaml": deployment("users"), "infra/web.yaml": deployment("web"),
  "orders/package.json": start({}), "orders/index.js": serves, "orders/Dockerfile": "FROM node:22\nCMD node index.js\n",
  "users/package.json": start({}), "users/index.js": serves, "users/Dockerfile": "FROM node:22\nCMD node index.js\n",
  "web/package.json": JSON.stringify({ scripts: { start: "next start" }, dependencies: page }), "web/Dockerfile": "FROM node:22\nCMD npm start\n",
}; // prettier-ignore

describe("messages of classes whose base is not here", () => {
  const common = { "@acme/common": "1", "node-nats-streaming": "0.3" };
  const publisher = (base: string): string => `import { ${base}, Subjects } from "@acme/common";\nexport class OrderPlaced extends ${base} { readonly subject = Subjects.OrderPlaced; }\n`;
  const listener = `import { Listener, Subjects } from "@acme/common";\nexport class OnOrderPlaced extends Listener { readonly subject = Subjects.OrderPlaced; queueGroupName = "billing"; async onMessage(data, msg) { msg.ack(); } }\n`;
  const files = (base: string): Readonly<Record<string, string>> => ({
    "docker-compose.yml": compose(["orders", "billing"], "  nats:\n    image: nats-streaming\n"),
    "orders/package.json": start(common), "orders/index.js": serves, "orders/events/order-placed.ts": publisher(base),
    "billing/package.json": start(common), "billing/index.js": serves, "billing/events/on-order-placed.ts": listener,
  }); // prettier-ignore

  it("go where the name of the base and the field that names the channel say", async () => {
    const edges = printEdges(architecture(await system(files("Publisher"))));
    assert.match(edges, /^orders > billing event OrderPlaced$/m);
    assert.match(edges, /^orders > nats event OrderPlaced$/m);
  });

  it("are none where the base says nothing of messages", async () => {
    assert.equal(printEdges(architecture(await system(files("Component")))), "");
  });
});

describe("a page behind an ingress", () => {
  it("asks what the ingress sends its paths to, through the controller's name in the cluster, too", async () => {
    const model = architecture(await system({ ...cluster, "web/pages/index.js": `import axios from "axios";\nexport const load = () => axios.create({ baseURL: "http://ingress-nginx-controller.kube-system.svc.cluster.local" }).get("/api/users/me");\n` }));
    assert.equal(printEdges(model), "web > users http");
  });

  it("asks it by a client that it was handed, or by a hook", async () => {
    const model = architecture(await system({ ...cluster, "web/pages/index.js": `Index.getInitialProps = async (context, client) => client.get("/api/orders");\nexport default function Index() { return useRequest({ url: "/api/users/signout", method: "post" }); }\n` }));
    assert.equal(printEdges(model), "web > orders http\nweb > users http");
  });

  it("asks nobody by a path that no gateway knows", async () => {
    const model = architecture(await system({ ...cluster, "web/pages/index.js": `export const load = (client) => client.get("/elsewhere/orders");\n` }));
    assert.equal(printEdges(model), "");
  });
});

describe("a client that Prisma generates into the workspace", () => {
  it("is Prisma's, though nobody has generated it yet", async () => {
    const model = architecture(await system({
      "docker-compose.yml": compose(["orders"], "  orders-db:\n    image: postgres:17\n"), "orders/package.json": start({ "@prisma/client": "7" }),
      "orders/prisma/schema.prisma": `generator client {\n  provider = "prisma-client"\n  output = "../src/generated/prisma"\n}\ndatasource db {\n  provider = "postgresql"\n  url = env("DATABASE_URL")\n}\nmodel Order {\n  id String @id\n}\n`,
      "orders/index.js": serves, "orders/src/orders.ts": `import { PrismaClient } from "./generated/prisma/client";\nconst client = new PrismaClient();\nexport const all = () => client.order.findMany();\n`,
    })); // prettier-ignore
    assert.equal(printEdges(model), "orders > orders-db db");
  });
});
