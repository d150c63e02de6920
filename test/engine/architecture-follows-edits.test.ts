import assert from "node:assert/strict";
import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createSession, type Analysis, type Change, type Session } from "../../src/engine/index.ts";
import { cleanUp, folderOf, put } from "./small-system.ts";

const fetching = (target: string): string => `import axios from "axios";\nconst client = axios.create({ baseURL: process.env.TARGET_URL ?? "${target}" });\nexport const handler = () => client.get("/x");\n`;

function service(name: string, code: string): Record<string, string> {
  return {
    [`services/${name}/package.json`]: JSON.stringify({ name, scripts: { start: "node src/main.ts" }, dependencies: { axios: "1" } }),
    [`services/${name}/Dockerfile`]: 'FROM node:20\nCOPY . .\nCMD ["npm", "start"]\n',
    [`services/${name}/src/main.ts`]: code,
  };
}

const compose = (...names: readonly string[]): string => `services:\n${names.map((name) => `  ${name}: { build: ./services/${name} }\n`).join("")}`;
const start: Readonly<Record<string, string>> = { "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["services/*"] }), "compose.yaml": compose("orders", "payments"), ...service("orders", fetching("http://payments:3000")), ...service("payments", "") };

function edges({ knowledge: { model } }: Analysis): readonly string[] {
  const names = new Map([...model.services, ...model.externals].map(({ id, name }) => [id, name]));
  return model.edges.map(({ from, to, kind }) => `${names.get(from) ?? from} > ${names.get(to) ?? to} ${kind}`);
}

const services = ({ knowledge: { model } }: Analysis): readonly string[] => model.services.map(({ name }) => name);

describe("the architecture follows", () => {
  afterEach(cleanUp);

  it("a new package, which is a service from then on and called at once", async () => {
    const { root, session } = await opened(start);
    const added = { ...service("stock", ""), "services/orders/src/stock.ts": 'export const left = () => fetch("http://stock:3000/left");\n', "compose.yaml": compose("orders", "payments", "stock") };
    const after = await written(root, session, added);
    assert.deepEqual([services(after), edges(after)], [["orders", "payments", "stock"], ["orders > payments http", "orders > stock http"]]);
    await isAsFresh(root, after);
  });

  it("an edited manifest, which sends a call elsewhere", async () => {
    const { root, session } = await opened({ ...start, "compose.yaml": compose("orders", "payments", "bank"), ...service("bank", "") });
    const elsewhere = "services:\n  orders: { build: ./services/orders, environment: { TARGET_URL: \"http://bank:3000\" } }\n  payments: { build: ./services/payments }\n  bank: { build: ./services/bank }\n";
    const after = await written(root, session, { "compose.yaml": elsewhere });
    assert.deepEqual(edges(after), ["orders > bank http"]);
    await isAsFresh(root, after);
  });

  it("an edited gateway, which passes a path on to somebody else", async () => {
    const page = { "services/web/package.json": JSON.stringify({ name: "web", scripts: { start: "vite" }, dependencies: { react: "19", vite: "7" } }), "services/web/Dockerfile": "FROM nginx\nCOPY dist /usr/share/nginx/html\n", "services/web/src/main.tsx": 'export const pay = () => fetch("/api/pay");\n' };
    const conf = (to: string): string => `server { location /api/ { proxy_pass http://${to}:3000; } }\n`;
    const { root, session } = await opened({ ...start, ...page, "compose.yaml": compose("orders", "payments", "web"), "services/web/nginx.conf": conf("payments") });
    const after = await written(root, session, { "services/web/nginx.conf": conf("orders") });
    assert.deepEqual(edges(after), ["orders > payments http", "web > orders http"]);
    await isAsFresh(root, after);
  });

  it("a renamed file and a deleted service", async () => {
    const { root, session } = await opened(start);
    renameSync(join(root, "services/orders/src/main.ts"), join(root, "services/orders/src/other.ts"));
    const renamed = await session.update([{ path: "services/orders/src/main.ts" }, { path: "services/orders/src/other.ts" }]);
    assert.deepEqual(edges(renamed), ["orders > payments http"]);
    rmSync(join(root, "services/payments"), { recursive: true });
    const after = await written(root, session, { "compose.yaml": compose("orders") }, Object.keys(service("payments", "")));
    assert.deepEqual([services(after), edges(after)], [["orders"], ["orders > payments http"]]);
    await isAsFresh(root, after);
  });
});

describe("a declared service map", () => {
  afterEach(cleanUp);

  it("has what the code contradicts as problems in the configuration, until it is mended", async () => {
    const declared = (root: string): string => `{\n  "services": [{ "name": "payments", "root": "${root}" }]\n}\n`;
    const { root, session, before } = await opened({ ...start, "faultline.json": declared("services/gone") });
    const problems = (analysis: Analysis): readonly string[] => analysis.problems.filter(({ path }) => path === "faultline.json").map(({ message }) => message);
    assert.deepEqual(problems(before).map((message) => message.includes("services/gone")), [true]);
    assert.deepEqual(problems(await written(root, session, { "faultline.json": declared("services/payments") })), []);
  });
});

describe("the explanation of a call", () => {
  afterEach(cleanUp);

  it("has the target, and each place that was asked for a deadline", async () => {
    const { session } = await opened(start);
    const path = "services/orders/src/main.ts";
    const told = session.explain(path, start[path]?.indexOf("client.get") ?? 0);
    const rows = Object.fromEntries((told?.aspects ?? []).map(({ name, value, evidence }) => [name, [value, ...evidence.map(({ says, place }) => `${says} ${place === undefined ? "" : place.path}`.trim())]]));
    assert.match(told?.headline ?? "", /^GET → payments, no deadline/);
    assert.deepEqual(rows["deadline"], ["none", `not in the call ${path}`, `not in \`client\` ${path}`, "axios has no default"]);
    assert.deepEqual(rows["target"], ["payments", "it is written `$TARGET_URL/x`", "`TARGET_URL` is not set; the code falls back to its default", "payments answers at `payments:3000` compose.yaml"]);
  });
});

async function opened(files: Readonly<Record<string, string>>): Promise<{ readonly root: string; readonly session: Session; readonly before: Analysis }> {
  const root = folderOf(files);
  const session = createSession({ root, workers: 0, today: "2026-06-15" });
  return { root, session, before: await session.open() };
}

async function written(root: string, session: Session, files: Readonly<Record<string, string>>, gone: readonly string[] = []): Promise<Analysis> {
  for (const [path, text] of Object.entries(files)) put(root, path, text);
  const changes: readonly Change[] = [...Object.keys(files), ...gone].map((path) => ({ path }));
  return session.update(changes);
}

async function isAsFresh(root: string, after: Analysis): Promise<void> {
  const fresh = await createSession({ root, workers: 0, today: "2026-06-15" }).open();
  const seen = ({ knowledge: { model }, findings }: Analysis): string => JSON.stringify([model, findings]);
  assert.equal(seen(after), seen(fresh));
}
