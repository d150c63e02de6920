import assert from "node:assert/strict";
import { architecture, printEdges, system } from "./system.ts";

const service = (name: string): Record<string, string> => ({
  [`${name}/package.json`]: JSON.stringify({ name, scripts: { start: "node main.js" }, dependencies: { express: "5" } }),
  [`${name}/Dockerfile`]: 'FROM node:20\nCOPY . .\nCMD ["npm", "start"]\n',
  [`${name}/main.js`]: "",
});
const page = {
  "web/package.json": JSON.stringify({ name: "web", scripts: { start: "vite" }, dependencies: { react: "19", vite: "7" } }),
  "web/Dockerfile": "FROM node:20 AS build\nCOPY . .\nRUN npm run build\nFROM nginx:alpine\nCOPY --from=build /dist /usr/share/nginx/html\n",
  "web/src/main.tsx": 'export const orders = () => fetch("/api/orders/1");\n',
};
const gateway = (conf: string, more = ""): string => `services:\n  gateway:\n    image: nginx:alpine\n    ports: ["80:80"]\n    volumes: ["./${conf}:/etc/nginx/nginx.conf:ro"]\n${more}  orders: { build: ./orders }\n  users: { build: ./users }\n  web: { build: ./web }\n`;

async function edges(files: Readonly<Record<string, string>>): Promise<string> {
  return printEdges(architecture(await system({ ...service("orders"), ...service("users"), ...page, ...files })));
}

describe("nginx before the services", () => {
  it("sends what a page asks of its own origin to the service of the longest location that fits", async () => {
    const conf = "http {\n  upstream order_pool { server orders:3000; server orders2:3000; }\n  server {\n    location / { proxy_pass http://web; }\n    location /api/ { proxy_pass http://users:3000; }\n    location /api/orders/ { proxy_pass http://order_pool/; }\n  }\n}\n";
    assert.equal(await edges({ "docker-compose.yml": gateway("nginx/nginx.conf"), "nginx/nginx.conf": conf }), "web > orders http");
  });

  it("is seen through where a page is given the gateway's address", async () => {
    const conf = "server { location /api/users { proxy_pass http://users:3000; } location ~ ^/api/orders { proxy_pass http://orders:3000; } }\n";
    const files = { "docker-compose.yml": gateway("nginx/default.conf"), "nginx/default.conf": conf, "web/src/main.tsx": 'export const orders = () => fetch("http://localhost:80/api/orders/1");\n' };
    assert.equal(await edges(files), "web > orders http");
  });

  it("is read from a template, in the environment that fills it", async () => {
    const conf = "server { location /api/ { proxy_pass http://${ORDERS_HOST}:3000; } }\n";
    const compose = gateway("proxy/templates/default.conf.template", "    environment: { ORDERS_HOST: orders }\n");
    assert.equal(await edges({ "docker-compose.yml": compose, "proxy/templates/default.conf.template": conf }), "web > orders http");
  });

  it("is read from a ConfigMap", async () => {
    const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: gateway }\ndata:\n  default.conf: |\n    server {\n      set $target http://orders:3000;\n      location /api/ { proxy_pass $target; }\n    }\n";
    assert.equal(await edges({ "docker-compose.yml": gateway("none.conf"), "k8s/gateway.yaml": map }), "web > orders http");
  });

  it("makes a page call what its own web server passes on, seen in its code or not", async () => {
    const conf = "server { location /api/ { proxy_pass http://users:3000; } location /live { grpc_pass grpc://orders:50051; } }\n";
    assert.equal(await edges({ "docker-compose.yml": gateway("none.conf"), "web/nginx.conf": conf, "web/src/main.tsx": "export {};\n" }), "web > orders grpc\nweb > users http");
  });

  it("passes on to nobody that the workspace does not know", async () => {
    const conf = "server { location /api/ { proxy_pass http://$host$request_uri; } location /x { proxy_pass http://unix:/tmp/a.sock; } }\n";
    assert.equal(await edges({ "docker-compose.yml": gateway("none.conf"), "web/nginx.conf": conf, "web/src/main.tsx": "export {};\n" }), "");
  });
});

describe("a gateway's own configuration", () => {
  const compose = (body: string): string => `services:\n  gateway: { build: ./gateway }\n  orders: { build: ./orders, ports: ["4001:3000"] }\n  users: { build: ./users }\n  web: { build: ./web }\n${body}`;
  const beside = { ...service("gateway"), "web/src/main.tsx": "export {};\n" };

  it("of Express Gateway joins paths with addresses, and a port tells who is meant", async () => {
    const conf = `apiEndpoints:\n  orders: { host: localhost, paths: "/v1/orders*" }\n  users: { paths: ["/v1/users", "/v1/users/*"] }\nserviceEndpoints:\n  orderService: { url: "http://localhost:4001" }\n  userService: { url: "http://users:3000" }\n  unused: { url: "http://web" }\npipelines:\n  - apiEndpoints: [orders]\n    policies: [{ proxy: [{ action: { serviceEndpoint: orderService } }] }]\n  - apiEndpoints: [users]\n    policies: [{ proxy: { action: { serviceEndpoint: userService } } }]\n`;
    assert.equal(await edges({ ...beside, "docker-compose.yml": compose(""), "gateway/config/gateway.config.yml": conf }), "gateway > orders http\ngateway > users http");
  });

  it("of KrakenD leads a page to the services behind its endpoints", async () => {
    const conf = JSON.stringify({ version: 3, endpoints: [{ endpoint: "/api/orders/{id}", backend: [{ host: ["http://orders:3000"], url_pattern: "/{id}" }] }, { endpoint: "/api/users", backend: [{ host: ["http://users:3000"] }] }] });
    assert.equal(await edges({ "docker-compose.yml": gateway("none.conf"), "krakend/krakend.json": conf }), "web > orders http");
  });

  it("of Traefik's file provider leads a page to the service of the router that fits", async () => {
    const conf = "http:\n  routers:\n    orders: { rule: \"Host(`shop.example`) && PathPrefix(`/api/orders`)\", service: orders-service }\n    users: { rule: \"PathPrefix(`/api`)\", service: users-service@file }\n  services:\n    orders-service: { loadBalancer: { servers: [{ url: \"http://orders:3000\" }] } }\n    users-service: { loadBalancer: { servers: [{ url: \"http://users:3000\" }] } }\n";
    assert.equal(await edges({ "docker-compose.yml": gateway("none.conf"), "traefik/dynamic.yml": conf }), "web > orders http");
  });
});
