import assert from "node:assert/strict";
import { type FileKind, type FileSummary, summarize } from "../../src/syntax/index.ts";
import { bytesOf } from "./print-summary.ts";

function read<K extends FileSummary["kind"]>(kind: FileKind & K, text: string): Extract<FileSummary, { kind: K }> {
  const summary = summarize("file", kind, bytesOf(text));
  if (summary.kind !== kind) throw new Error(summary.problems[0]?.message);
  return summary as Extract<FileSummary, { kind: K }>;
}

/** First line of what each span covers. */
function covered(text: string, spans: readonly { at: number; end: number }[]): (string | undefined)[] {
  return spans.map(({ at, end }) => text.slice(at, end).split("\n")[0]);
}

describe("Prisma schemas", () => {
  const text = `
// datasource comment { url = "no" }
datasource db {
  provider = "postgresql" // or "mysql"
  url      = env("DATABASE_URL")
}
datasource other { provider = "sqlite"
  url = "file:./dev.db"
}
generator client {
  provider = "prisma-client-js"
  output   = "../generated/client"
}
model Order {
  id    Int    @id
  note  String @default("}") /// a brace
  @@map("orders")
  @@schema("shop")
}
enum State { OPEN }
model Item {
  id Int @id
}
`;

  it("give datasources, models and generators", () => {
    const { datasources, models, generators, problems } = read("prisma", text);
    assert.deepEqual(
      {
        datasources: datasources.map(({ name, provider, env, url }) => [name, provider, env, url]),
        models: models.map(({ name, table, schema }) => [name, table, schema]),
        generators,
        problems,
      },
      {
        datasources: [
          ["db", "postgresql", "DATABASE_URL", undefined],
          ["other", "sqlite", undefined, "file:./dev.db"],
        ],
        models: [
          ["Order", "orders", "shop"],
          ["Item", "Item", undefined],
        ],
        generators: [{ name: "client", provider: "prisma-client-js", output: "../generated/client" }],
        problems: [],
      },
    );
  });

  it("have spans from the keyword to the closing brace", () => {
    const { datasources, models } = read("prisma", text);
    assert.deepEqual(covered(text, [...datasources, ...models]), [
      "datasource db {",
      'datasource other { provider = "sqlite"',
      "model Order {",
      "model Item {",
    ]);
    assert.ok([...datasources, ...models].every(({ end }) => text[end - 1] === "}"));
  });

  it("that end too early keep what came before, and say so", () => {
    const { models, problems } = read("prisma", "model A { id Int }\nmodel B {\n id Int\n");
    assert.deepEqual(
      [models.map(({ name }) => name), problems.map(({ message }) => message)],
      [["A"], ["Prisma syntax error: the block of `B` is not closed"]],
    );
  });
});

describe("Dockerfiles", () => {
  const text = `ARG VERSION=20
FROM node:20 AS build
WORKDIR /src
COPY package.json ./
RUN npm ci
EXPOSE 1111
FROM node:20-slim
ENV PORT=8080 MODE="production"
WORKDIR /app
COPY --from=build --chown=node /src/dist /src/lib ./dist/
EXPOSE $PORT 9000-9001/tcp
HEALTHCHECK CMD curl localhost
ENTRYPOINT ["node", "--enable-source-maps"]
CMD ["dist/main.js"]
`;

  it("tell what the last stage runs, and where files come from", () => {
    const { kind: _, path: __, env, command, ...rest } = read("dockerfile", text);
    assert.deepEqual(rest, {
      problems: [],
      stages: [{ from: "node:20", name: "build" }, { from: "node:20-slim" }],
      expose: [8080, 9000, 9001],
      copies: [
        { from: "package.json", to: "./" },
        { from: "build:/src/dist", to: "./dist/" },
        { from: "build:/src/lib", to: "./dist/" },
      ],
      workdir: "/app",
      healthcheck: true,
    });
    assert.deepEqual(
      env.map(({ name, value }) => `${name}=${value}`),
      ["PORT=8080", "MODE=production"],
    );
    assert.equal(command?.text, "node --enable-source-maps dist/main.js");
  });

  it("have spans", () => {
    const { env, command } = read("dockerfile", text);
    assert.deepEqual(covered(text, [...env, ...(command === undefined ? [] : [command])]), [
      "PORT=8080",
      'MODE="production"',
      'ENTRYPOINT ["node", "--enable-source-maps"]',
    ]);
  });

  it("take over what the stage that they build on set", () => {
    const { command, workdir } = read(
      "dockerfile",
      "FROM node AS base\nWORKDIR /app\nCMD node main.js\nFROM base\nENV A=1\n",
    );
    assert.deepEqual([command?.text, workdir], ["node main.js", "/app"]);
  });

  it("may switch a health check off, and run nothing", () => {
    const { healthcheck, command } = read("dockerfile", "FROM node\r\nHEALTHCHECK NONE\r\n");
    assert.deepEqual([healthcheck, command], [false, undefined]);
  });
});

describe(".env files", () => {
  const text = `# note\nA=1 # one\nexport B="two words"\nC='x\ny'\nD=\nA=2\nE: yaml\n`;

  it("give names and values, the last of a name", () => {
    const { variables } = read("env", text);
    assert.deepEqual(
      variables.map(({ name, value }) => [name, value]),
      [
        ["A", "2"],
        ["B", "two words"],
        ["C", "x\ny"],
        ["D", ""],
        ["E", "yaml"],
      ],
    );
  });

  it("give no secret away", () => {
    const secrets = `DATABASE_URL=postgres://app:hunter2@db:5432/orders\nJWT_SECRET=hunter2\nSTRIPE_API_KEY=sk_live_1\nROUTING_KEY=order.placed\nTOKEN_EXPIRY=15m\nDSN=Server=db;Password=hunter2;Database=orders\n`;
    assert.deepEqual(
      read("env", secrets).variables.map(({ name, value }) => `${name}=${value}`),
      ["DATABASE_URL=postgres://app@db:5432/orders", "JWT_SECRET=", "STRIPE_API_KEY=", "ROUTING_KEY=order.placed", "TOKEN_EXPIRY=15m", "DSN=Server=db;Password=;Database=orders"],
    );
  });

  it("have spans of the assignments", () => {
    assert.deepEqual(covered(text, read("env", text).variables), ["A=2", 'B="two words"', "C='x", "D=", "E: yaml"]);
  });
});
