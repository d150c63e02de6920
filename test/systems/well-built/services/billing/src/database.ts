import knex from "knex";

export const db = knex({
  client: "pg",
  connection: { connectionString: process.env.DATABASE_URL, query_timeout: 2_000 },
  pool: { min: 0, max: 10 },
  acquireConnectionTimeout: 1_000,
});
