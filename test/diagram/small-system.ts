import type { ArchitectureModel } from "../../src/model/architecture.ts";
import type { Scene } from "../../src/protocol/scene.ts";
import { sceneOf } from "../../src/diagram/index.ts";
import { sessionOf } from "../support/memory-session.ts";

/** The scene of a small system given as files: what the whole engine makes of it. */
export async function sceneOfFiles(files: Readonly<Record<string, string>>): Promise<Scene> {
  const session = sessionOf(files);
  const { knowledge, findings } = await session.open();
  await session.dispose();
  return sceneOf(knowledge.model, findings);
}

/** Two services; the first calls the second as `call` says. */
export function twoServices(call: string): Readonly<Record<string, string>> {
  return {
    "package.json": JSON.stringify({ name: "system", workspaces: ["services/*"] }),
    "compose.yaml": `services:
  orders: { build: ./services/orders }
  payments: { build: ./services/payments }
`,
    "services/orders/Dockerfile": "FROM node:20\nCMD node src/main.js\n",
    "services/orders/package.json": JSON.stringify({ name: "orders" }),
    "services/orders/src/main.ts": `export async function place(): Promise<void> {\n  ${call}\n}\n`,
    "services/payments/Dockerfile": "FROM node:20\nCMD node src/main.js\n",
    "services/payments/package.json": JSON.stringify({ name: "payments" }),
    "services/payments/src/main.ts": `import express from "express";\nconst app = express();\napp.post("/charge", (_q, r) => r.end());\napp.listen(3000);\n`,
  };
}

/** One service of this name that publishes to a channel, uses a store and calls the outside, all of them named so. */
export function modelNamed(name: string): ArchitectureModel {
  const place = { path: "src/main.ts", at: 0, end: 5 };
  return {
    services: [{ id: "service:a", name, root: "", language: "typescript", owner: "a", hosts: [], ports: [], entryPoints: [place], isFrontend: false, environment: {}, evidence: [] }],
    endpoints: [],
    stores: [{ id: "store:a", name, engine: name, places: [place], usedBy: ["service:a"] }],
    brokers: [{ id: "broker:a", name, engine: name }],
    channels: [{ id: "channel:a", name, broker: "broker:a", producers: [{ service: "service:a", place }], consumers: [{ service: "service:a", place }] }],
    externals: [{ id: "external:a", name }],
    edges: [
      { id: "edge:a", from: "service:a", to: "external:a", kind: "http", sites: [], places: [place], evidence: [] },
      { id: "edge:b", from: "service:a", to: "store:a", kind: "db", sites: [], places: [place], evidence: [] },
      { id: "edge:c", from: "service:a", to: `service:${name}`, kind: "other", sites: [], places: [], evidence: [] },
    ],
    accesses: [],
    blindSpots: [],
  };
}
