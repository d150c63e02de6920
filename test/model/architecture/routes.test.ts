import assert from "node:assert/strict";
import { architecture, printEdges, printServices, system } from "./system.ts";

const start = (dependencies: Readonly<Record<string, string>> = {}): string => JSON.stringify({ private: true, scripts: { start: "node index.js" }, dependencies: { express: "4", ...dependencies } });
const calls = (url: string): Readonly<Record<string, string>> => ({
  "orders/package.json": start(),
  "orders/index.js": `exports.pay = () => fetch('${url}');\n`,
  "payments/package.json": start(),
  "payments/index.js": "",
});

const edges = async (files: Readonly<Record<string, string>>): Promise<string> => printEdges(architecture(await system(files)));

describe("addresses that a gateway answers", () => {
  it("lead to the service behind an Ingress, by host and path", async () => {
    const ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: { name: shop }\nspec:\n  rules:\n    - host: api.shop.example\n      http:\n        paths:\n          - { path: /pay, backend: { service: { name: payments } } }\n";
    assert.equal(await edges({ ...calls("https://api.shop.example/pay/charges"), "k8s/ingress.yaml": ingress }), "orders > payments http");
    assert.equal(await edges({ ...calls("https://api.shop.example/other"), "k8s/ingress.yaml": ingress }), "orders > api.shop.example http");
  });

  it("lead through Kong's declarative configuration", async () => {
    const kong = "_format_version: '3.0'\nservices:\n  - name: pay\n    url: http://payments:3000\n    routes:\n      - { name: r, paths: [/pay] }\n";
    assert.equal(await edges({ ...calls("http://kong:8000/pay/1"), "kong/kong.yaml": kong, "compose.yaml": "services:\n  kong:\n    image: kong:3\n" }), "orders > payments http");
  });

  it("lead through Traefik's labels", async () => {
    const compose = "services:\n  payments:\n    build: payments\n    labels:\n      - traefik.http.routers.pay.rule=Host(`api.shop.example`) && PathPrefix(`/pay`)\n  orders:\n    build: orders\n  traefik:\n    image: traefik:3\n";
    assert.equal(await edges({ ...calls("https://api.shop.example/pay/1"), "compose.yaml": compose }), "orders > payments http");
  });
});

describe("what code makes of an address", () => {
  it("keeps its host through `new URL`, trimming and replacing", async () => {
    for (const url of ["new URL('/charges', process.env.PAYMENTS_URL)", "new URL(process.env.PAYMENTS_URL).toString()", "process.env.PAYMENTS_URL.replace(/\\/$/, '') + '/charges'"]) {
      const shop = { ...calls(""), "orders/index.js": `const url = ${url};\nexports.pay = () => fetch(url);\n`, "orders/.env": "PAYMENTS_URL=http://payments:3000/\n" };
      assert.equal(await edges(shop), "orders > payments http", url);
    }
  });
});

describe("manifests and folders that disagree a little", () => {
  const deployment = (name: string): string => `apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: ${name} }\nspec: { template: { spec: { containers: [{ name: c, image: "acme/${name}:1", env: [{ name: DB, valueFrom: { secretKeyRef: { name: keys, key: db } } }] }] } } }\n`;

  it("join by numbered folders, a plural more or less, and the only page there is", async () => {
    const shop = await system({
      "services/1-orders-service/package.json": start(),
      "services/1-orders-service/index.js": "",
      "services/2-mails-service/package.json": start(),
      "services/2-mails-service/index.js": "",
      "client/package.json": JSON.stringify({ name: "shop-client", private: true, scripts: { start: "vite" }, dependencies: { "react-dom": "18" } }),
      "client/index.js": "",
      "k8s/orders.yaml": deployment("orders"),
      "k8s/mail.yaml": deployment("mail"),
      "k8s/front.yaml": deployment("shop-frontend"),
    });
    assert.equal(printServices(shop), "mail services/2-mails-service\norders services/1-orders-service\nshop-frontend client");
  });

  it("read a Secret's base64 and a build context that has moved", async () => {
    const shop = await system({
      "services/orders/package.json": start({ pg: "8" }),
      "services/orders/Dockerfile": "FROM node:20\nCMD node index.js\n",
      "services/orders/index.js": "const { Pool } = require('pg');\nconst pool = new Pool({ connectionString: process.env.DB });\nexports.all = () => pool.query('SELECT * FROM orders');\n",
      "compose.yaml": "services:\n  orders:\n    build: ./old/orders\n",
      "k8s/orders.yaml": deployment("orders"),
      "k8s/secret.yaml": `apiVersion: v1\nkind: Secret\nmetadata: { name: keys }\ndata: { db: ${Buffer.from("postgres://u:p@orders-db:5432/orders").toString("base64")} }\n`,
    });
    assert.equal(printServices(shop), "orders services/orders");
    assert.deepEqual(architecture(shop).stores.map(({ name, host }) => [name, host]), [["orders", "orders-db"]]);
  });
});

describe("calls of a shared library", () => {
  it("are made by the services whose code leads to them, and not by all that import its index", async () => {
    const found = await edges({
      "package.json": JSON.stringify({ private: true, workspaces: ["kit", "orders", "mails"] }),
      "kit/package.json": JSON.stringify({ name: "kit", private: true, main: "index.ts" }),
      "kit/index.ts": "export { upload } from './upload';\nexport { log } from './log';\n",
      "kit/upload.ts": "export function upload() { return fetch('https://api.stripe.com/v1/files'); }\nexport function unused() { return fetch('https://api.github.com/x'); }\n",
      "kit/log.ts": "export function log() {}\n",
      "orders/package.json": start({ kit: "*" }),
      "orders/index.ts": "import { upload } from 'kit';\nexport const place = () => upload();\n",
      "mails/package.json": start({ kit: "*" }),
      "mails/index.ts": "import { log } from 'kit';\nlog();\n",
    });
    assert.equal(found, "orders > stripe http");
  });
});
