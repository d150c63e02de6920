import assert from "node:assert/strict";
import { knowledgeOf, runs } from "../../patterns/detected.ts";

/** What is called, by library and place of the code, where nobody in the workspace says what the parameters hold. */
async function sitesIn(code: string): Promise<readonly string[]> {
  const knowledge = await knowledgeOf({ "shop/package.json": runs({ pg: "8", axios: "1", postgres: "3" }), "shop/index.ts": code });
  return knowledge.program.sites.map((site) => `${site.library} ${site.effect} in ${site.symbol}`).sort();
}

const head = 'import type { AxiosInstance } from "axios";\nimport type { Pool } from "pg";\nimport postgres from "postgres";\n';
const bag = `${head}interface Deps { readonly db: Pool; readonly http: AxiosInstance }\n`;

describe("a call on what a written type says", () => {
  const ways: Readonly<Record<string, readonly [code: string, sites: readonly string[]]>> = {
    "a bag of dependencies that a constructor takes": [`${bag}export class Orders { constructor(private readonly deps: Deps) {}\n  all() { return this.deps.db.query("SELECT 1"); } }\n`, ["pg query in Orders.all"]],
    "a bag that is taken apart": [`${bag}export class Orders { private readonly db: Pool; constructor({ db }: Deps) { this.db = db; }\n  all() { return this.db.query("SELECT 1"); } }\n`, ["pg query in Orders.all"]],
    "a bag that a function takes": [`${bag}export const make = (deps: Deps) => ({ async one() { return deps.http.get("http://stock:1/1"); } });\n`, ["axios request in one"]],
    "a bag whose shape is written in place": [`${head}export function one({ http }: { readonly http: AxiosInstance }) { return http.get("http://stock:1/1"); }\n`, ["axios request in one"]],
    "an alias of a library's type": [`${head}type Sql = postgres.Sql;\nexport class Orders { constructor(private readonly sql: Sql) {}\n  all() { return this.sql\`SELECT 1\`; } }\n`, ["postgres query in Orders.all"]],
  };
  for (const [what, [code, sites]] of Object.entries(ways)) it(`is told of ${what}`, async () => assert.deepEqual(await sitesIn(code), sites));

  it("is not told of a shape whose member is the workspace's own", async () => {
    assert.deepEqual(await sitesIn("interface Deps { readonly db: { query(text: string): Promise<void> } }\nexport const all = (deps: Deps) => deps.db.query('SELECT 1');\n"), []);
  });
});

describe("a query that is a tagged template", () => {
  it("is told once, with the text of the templates inside it", async () => {
    const code = `${head}const sql = postgres("postgres://db/orders");\nexport function all(id: string) { return sql\`SELECT * FROM orders \${id ? sql\`WHERE id = \${id}\` : sql\`\`}\`; }\n`;
    assert.deepEqual(await sitesIn(code), ["postgres query in all"]);
  });

  it("is none where the tag is called for a piece of a query", async () => {
    assert.deepEqual(await sitesIn(`${head}const sql = postgres("postgres://db/orders");\nexport const names = (all: string[]) => sql(all);\n`), []);
  });
});
