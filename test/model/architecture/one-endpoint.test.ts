import assert from "node:assert/strict";
import { architecture, printEdges, system } from "./system.ts";

const compose = (...names: readonly string[]): string => `services:\n${names.map((name, at) => `  ${name}: { build: ./${name}, ports: ["${3001 + at}:${3001 + at}"] }\n`).join("")}`;

function service(name: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return {
    [`${name}/package.json`]: JSON.stringify({ name, scripts: { start: "node src/main.ts" } }),
    [`${name}/Dockerfile`]: 'FROM node:20\nCOPY . .\nCMD ["npm", "start"]\n',
    ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`${name}/src/${path}`, text])),
  };
}

async function recovered(files: Readonly<Record<string, string>>) {
  const model = architecture(await system(files));
  return { edges: printEdges(model), endpoints: model.endpoints.map(({ service: of, kind, title }) => `${of.replace("service:", "")} ${kind} ${title}`) };
}

describe("tRPC", () => {
  const users = service("users", {
    "trpc.ts": 'import { initTRPC } from "@trpc/server";\nconst t = initTRPC.context<{ user: string }>().create({});\nexport const router = t.router;\nexport const open = t.procedure;\nexport const guarded = t.procedure.use(({ next }) => next());\n',
    "post.ts": 'import { router, guarded } from "./trpc.ts";\nexport const postRouter = router({ byId: guarded.input(check).query(({ input }) => find(input)), create: guarded.mutation(async () => 1) });\n',
    "main.ts": 'import { createHTTPServer } from "@trpc/server/adapters/standalone";\nimport { open, router } from "./trpc.ts";\nimport { postRouter } from "./post.ts";\nexport const appRouter = router({ health: open.query(() => "ok"), post: postRouter });\ncreateHTTPServer({ router: appRouter }).listen(3001);\n',
  });

  it("is read procedure by procedure, nested routers by their path", async () => {
    const { endpoints } = await recovered({ "docker-compose.yml": compose("users"), ...users });
    assert.deepEqual(endpoints, ["users http MUTATION post.create", "users http QUERY health", "users http QUERY post.byId"]);
  });

  for (const [version, make] of [["11", "createTRPCClient"], ["10", "createTRPCProxyClient"]]) {
    it(`leads a client of version ${version} to the service at its link's address`, async () => {
      const orders = service("orders", {
        "main.ts": `import { ${make}, httpBatchLink, loggerLink } from "@trpc/client";\nconst trpc = ${make}<AppRouter>({ links: [loggerLink(), httpBatchLink({ url: \`\${process.env.USERS_URL ?? "http://users:3001"}/trpc\` })] });\nexport async function handler() { return trpc.post.byId.query({ id: 1 }); }\n`,
      });
      const { edges } = await recovered({ "docker-compose.yml": compose("users", "orders"), ...users, ...orders });
      assert.equal(edges, "orders > users http");
    });
  }
});

describe("GraphQL", () => {
  const subgraph = (name: string): Record<string, string> =>
    service(name, { "main.ts": 'import { ApolloServer } from "@apollo/server";\nimport { resolvers } from "./resolvers.ts";\nnew ApolloServer({ typeDefs: "", resolvers });\n', "resolvers.ts": "const Query = { me: () => 1 };\nexport const resolvers = { Query, Mutation: { login: async () => 1 } };\n" });

  it("has the fields of a resolver map as endpoints", async () => {
    const { endpoints } = await recovered({ "docker-compose.yml": compose("users"), ...subgraph("users") });
    assert.deepEqual(endpoints, ["users graphql Mutation.login", "users graphql Query.me"]);
  });

  it("has the fields of Nest resolvers as endpoints, by the name that callers use", async () => {
    const posts = service("posts", {
      "main.ts": 'import { Mutation, Query, ResolveField, Resolver } from "@nestjs/graphql";\n@Resolver(() => Post)\nexport class PostResolver {\n  @Query(() => [Post], { name: "posts" }) all() {}\n  @Mutation(() => Post) createPost() {}\n  @ResolveField() author() {}\n}\n',
    });
    const { endpoints } = await recovered({ "docker-compose.yml": compose("posts"), ...posts });
    assert.deepEqual(endpoints, ["posts graphql Mutation.createPost", "posts graphql Post.author", "posts graphql Query.posts"]);
  });

  for (const [what, code] of [
    ["composed by introspection", 'import { IntrospectAndCompose } from "@apollo/gateway";\nexport const sdl = new IntrospectAndCompose({ subgraphs: [{ name: "users", url: "http://users:3001/graphql" }, { name: "posts", url: process.env.POSTS_URL }] });\n'],
    ["in a list", 'import { ApolloGateway } from "@apollo/gateway";\nconst serviceList = [{ name: "users", url: "http://users:3001/graphql" }, { name: "posts", url: process.env.POSTS_URL }];\nexport const gateway = new ApolloGateway({ serviceList });\n'],
    ["in a Nest module", 'import { GraphQLModule } from "@nestjs/graphql";\n@Module({ imports: [GraphQLModule.forRoot({ gateway: { services: [{ name: "users", url: "http://users:3001/graphql" }, { name: "posts", url: process.env.POSTS_URL }] } })] })\nexport class AppModule {}\n'],
  ] as const) {
    it(`leads a federation gateway to its subgraphs, ${what}`, async () => {
      const gateway = { ...service("gateway", { "main.ts": code }), "gateway/.env": "POSTS_URL=http://posts:3002/graphql\n" };
      const { edges } = await recovered({ "docker-compose.yml": compose("users", "posts", "gateway"), ...subgraph("users"), ...subgraph("posts"), ...gateway });
      assert.equal(edges, "gateway > posts http\ngateway > users http");
    });
  }

  for (const [what, code] of [
    ["graphql-request", 'import { GraphQLClient, gql } from "graphql-request";\nconst client = new GraphQLClient("http://users:3001/graphql");\nexport const handler = () => client.request(gql`query { me }`);\n'],
    ["Apollo Client through a chain of links", 'import { ApolloClient, HttpLink } from "@apollo/client";\nimport { setContext } from "@apollo/client/link/context";\nconst http = new HttpLink({ uri: "http://users:3001/graphql" });\nexport const client = new ApolloClient({ link: setContext(() => ({})).concat(http), cache });\n'],
    ["urql", 'import { createClient } from "urql";\nexport const client = createClient({ url: "http://users:3001/graphql", exchanges: [] });\n'],
  ] as const) {
    it(`leads a client of ${what} to the service at its address`, async () => {
      const { edges } = await recovered({ "docker-compose.yml": compose("users", "orders"), ...subgraph("users"), ...service("orders", { "main.ts": code }) });
      assert.equal(edges, "orders > users http");
    });
  }
});

describe("a client of a shared package", () => {
  it("goes where the service that makes it sends it, through base classes", async () => {
    const { edges } = await recovered({
      "package.json": JSON.stringify({ name: "shop", private: true, workspaces: ["packages/*", "users", "orders"] }),
      "docker-compose.yml": compose("users", "orders"),
      "packages/clients/package.json": JSON.stringify({ name: "@shop/clients", main: "src/index.ts" }),
      "packages/clients/src/index.ts": 'import axios from "axios";\nexport class HttpClient {\n  constructor(protected readonly baseUrl: string) {}\n}\nexport class UsersClient extends HttpClient {\n  one(id: string) { return axios.get(`${this.baseUrl}/users/${id}`); }\n}\n',
      ...service("users", { "main.ts": "" }),
      ...service("orders", { "main.ts": 'import { UsersClient } from "@shop/clients";\nconst users = new UsersClient(process.env.USERS_URL ?? "http://users:3001");\nexport const handler = (id: string) => users.one(id);\n' }),
    });
    assert.equal(edges, "orders > users http");
  });
});

describe("an address out of the environment", () => {
  for (const [what, code] of [
    ["a zod schema with a default", 'import { z } from "zod";\nconst env = z.object({ BASE: z.string().url().default("http://users:3001") }).parse(process.env);\nexport const handler = () => fetch(`${env.BASE}/x`);\n'],
    ["a zod schema that may fail", 'import { z } from "zod";\nconst schema = z.object({ BASE: z.string().default("http://users:3001") });\nconst parsed = schema.safeParse(process.env);\nexport const handler = () => fetch(`${parsed.data.BASE}/x`);\n'],
    ["envalid", 'import { cleanEnv, url } from "envalid";\nconst env = cleanEnv(process.env, { BASE: url({ default: "http://users:3001" }) });\nexport const handler = () => fetch(`${env.BASE}/x`);\n'],
    ["t3-env", 'import { createEnv } from "@t3-oss/env-core";\nimport { z } from "zod";\nconst env = createEnv({ server: { BASE: z.string().default("http://users:3001") }, runtimeEnv: process.env });\nexport const handler = () => fetch(`${env.BASE}/x`);\n'],
    ["convict", 'import convict from "convict";\nconst config = convict({ peer: { base: { format: String, default: "http://users:3001", env: "BASE" } } });\nexport const handler = () => fetch(`${config.get("peer.base")}/x`);\n'],
    ["env-var", 'import env from "env-var";\nconst base = env.get("BASE").default("http://users:3001").asString();\nexport const handler = () => fetch(`${base}/x`);\n'],
    ["a factory of Nest's HttpModule", 'import { HttpModule, HttpService } from "@nestjs/axios";\nimport { Injectable, Module } from "@nestjs/common";\n@Injectable()\nexport class Users { constructor(private readonly http: HttpService) {} one() { return this.http.get("/x"); } }\n@Module({ imports: [HttpModule.registerAsync({ useFactory: () => ({ baseURL: process.env.BASE ?? "http://users:3001", timeout: 500 }) })], providers: [Users] })\nexport class AppModule {}\n'],
    ["each of a list", 'import axios from "axios";\nconst peers = { users: process.env.BASE ?? "http://users:3001" };\nexport const handler = () => Promise.all(Object.values(peers).map((peer) => axios.get(`${peer}/x`)));\n'],
  ] as const) {
    it(`is followed through ${what}`, async () => {
      const { edges } = await recovered({ "docker-compose.yml": compose("users", "orders"), ...service("users", { "main.ts": "" }), ...service("orders", { "main.ts": code }) });
      assert.equal(edges, "orders > users http");
    });
  }

  it("stays unknown where nothing sets it", async () => {
    const code = 'import { z } from "zod";\nconst env = z.object({ BASE: z.string() }).parse(process.env);\nexport const handler = () => fetch(`${env.BASE}/x`);\n';
    const { edges } = await recovered({ "docker-compose.yml": compose("users", "orders"), ...service("users", { "main.ts": "" }), ...service("orders", { "main.ts": code }) });
    assert.equal(edges, "");
  });
});
