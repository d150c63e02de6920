import assert from "node:assert/strict";
import { printServices, system } from "./system.ts";

const node = (name: string, more: object = {}): string => JSON.stringify({ name, private: true, scripts: { start: "node index.js" }, dependencies: { express: "^4" }, ...more });
const library = (name: string): string => JSON.stringify({ name, private: true, main: "dist/index.js", scripts: { build: "tsc" } });

describe("services of a workspace", () => {
  it("are the packages that run by themselves, and not the libraries between them", async () => {
    const shop = await system({
      "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["packages/*"], scripts: { dev: "turbo run dev" } }),
      "packages/orders/package.json": node("@shop/orders", { dependencies: { express: "^4", "@shop/kit": "*" } }),
      "packages/orders/index.js": "",
      "packages/payments/package.json": node("@shop/payments"),
      "packages/payments/index.js": "",
      "packages/kit/package.json": library("@shop/kit"),
      "packages/kit/index.js": "",
      "e2e/package.json": node("e2e"),
      "e2e/index.js": "",
    });
    assert.equal(printServices(shop), "orders packages/orders\npayments packages/payments");
  });

  it("may be two of one package, told apart by the command that Compose gives them", async () => {
    const shop = await system({
      "orders/package.json": node("orders", { scripts: { start: "node dist/api.js", worker: "node dist/worker.js" } }),
      "orders/src/api.ts": "import './routes';",
      "orders/src/routes.ts": "",
      "orders/src/worker.ts": "import './jobs';",
      "orders/src/jobs.ts": "",
      "docker-compose.yml": "services:\n  orders:\n    build: ./orders\n  orders-worker:\n    build: ./orders\n    command: npm run worker\n  db:\n    image: postgres:16\n",
    });
    assert.equal(printServices(shop), "orders orders\norders-worker orders");
    assert.equal(new Set(shop.map.services.map((service) => service.owner)).size, 1);
    assert.deepEqual(["orders/src/routes.ts", "orders/src/jobs.ts"].map((path) => shop.map.serviceOf(path).map((service) => service.name)), [["orders"], ["orders-worker"]]);
  });

  it("are one for a repository with a single package, under the package's name", async () => {
    const shop = await system({ "package.json": node("accounts"), "index.js": "", "docker-compose.yml": "services:\n  app:\n    build: .\n  redis:\n    image: redis\n" });
    assert.equal(printServices(shop), "accounts .");
  });

  it("are the applications of a NestJS monorepo and an Nx workspace", async () => {
    const nest = await system({
      "package.json": node("shop"),
      "nest-cli.json": JSON.stringify({ monorepo: true, projects: { gateway: { type: "application", root: "apps/gateway", sourceRoot: "apps/gateway/src" }, common: { type: "library", root: "libs/common" } } }),
      "apps/gateway/src/main.ts": "import '../../../libs/common/src/index';",
      "libs/common/src/index.ts": "",
    });
    assert.equal(printServices(nest), "gateway apps/gateway");
    assert.deepEqual(nest.map.serviceOf("libs/common/src/index.ts").map((service) => service.name), ["gateway"]);
    const nx = await system({
      "package.json": JSON.stringify({ name: "shop", private: true }),
      "apps/api/project.json": JSON.stringify({ name: "api", projectType: "application", targets: { build: { options: { main: "apps/api/src/main.ts" } } } }),
      "apps/api/src/main.ts": "",
      "apps/api-e2e/project.json": JSON.stringify({ name: "api-e2e", projectType: "application", targets: {} }),
      "apps/api-e2e/src/app.ts": "",
    });
    assert.equal(printServices(nx), "api apps/api");
  });

  it("are found in Kubernetes by the image that Skaffold builds, in other languages too", async () => {
    const deployment = (name: string): string =>
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${name}-depl\nspec:\n  template:\n    metadata:\n      labels: { app: ${name} }\n    spec:\n      containers:\n        - name: main\n          image: acme/${name}\n---\napiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}-srv\nspec:\n  selector: { app: ${name} }\n  ports:\n    - port: 80\n`;
    const shop = await system({
      "skaffold.yaml": "apiVersion: skaffold/v4beta9\nkind: Config\nbuild:\n  artifacts:\n    - image: acme/pricing\n      context: src/pricing\n    - image: acme/cart\n      context: src/cart\n",
      "src/pricing/Dockerfile": "FROM golang:1.22\nCMD [\"/pricing\"]\n",
      "src/cart/Dockerfile": "FROM node:20\nCMD [\"node\", \"index.js\"]\n",
      "src/cart/package.json": node("cart"),
      "src/cart/index.js": "",
      "k8s/all.yaml": `${deployment("pricing")}---\n${deployment("cart")}`,
    });
    assert.deepEqual(shop.map.services.map((service) => [service.name, service.language, service.hosts[0]]), [["cart", "javascript", "cart-srv"], ["pricing", "other", "pricing-srv"]]);
  });

  it("leave out what only prepares, shows or watches the others", async () => {
    const shop = await system({
      "api/package.json": node("api"),
      "api/index.js": "",
      "compose.yaml":
        "services:\n  api:\n    build: api\n  api-migrate:\n    build: api\n    command: npm run migrate\n  adminer:\n    image: adminer\n  grafana:\n    image: grafana/grafana\n  kafka-init:\n    image: confluentinc/cp-kafka\n  kafka:\n    image: confluentinc/cp-kafka\n",
    });
    assert.equal(printServices(shop), "api api");
    assert.deepEqual(shop.map.backings.filter((backing) => backing.infrastructure.kind === "broker").map((backing) => backing.workload.name), ["kafka"]);
  });

  it("know front ends from servers", async () => {
    const shop = await system({
      "web/package.json": JSON.stringify({ name: "web", private: true, scripts: { start: "vite" }, dependencies: { "react-dom": "18" }, devDependencies: { vite: "5" } }),
      "web/src/main.tsx": "",
      "api/package.json": node("api"),
      "api/index.js": "",
    });
    assert.deepEqual(shop.map.services.map((service) => [service.name, service.isFrontend]), [["api", false], ["web", true]]);
  });

  it("have the environment that their manifests give them, above what their own files say", async () => {
    const shop = await system({
      "api/package.json": node("api"),
      "api/index.js": "",
      "api/.env": "DB_HOST=localhost\nDB_NAME=shop\nLEVEL=info\n",
      "compose.env": "LEVEL=warn\nREGION=eu\n",
      "compose.yaml": "x-common: &common\n  REGION: us\nservices:\n  api:\n    build: api\n    env_file: compose.env\n    environment:\n      <<: *common\n      DB_HOST: db\n      URL: http://${NAME:-localhost}/x\n",
    });
    const [api] = shop.map.services;
    assert.deepEqual(Object.fromEntries(Object.entries(api?.environment ?? {}).map(([name, variable]) => [name, variable.value])), { DB_HOST: "db", DB_NAME: "shop", LEVEL: "warn", REGION: "us", URL: "http://localhost/x" });
  });
});
