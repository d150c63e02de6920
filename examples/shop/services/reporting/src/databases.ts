import knex from "knex";

const pool = { min: 0, max: 4 };

export const ordersDb = knex({
  client: "pg",
  connection: {
    connectionString: process.env.ORDERS_DATABASE_URL ?? "postgres://shop:shop@localhost:5432/orders",
    query_timeout: 20_000,
  },
  pool,
  acquireConnectionTimeout: 5000,
});

export const paymentsDb = knex({
  client: "pg",
  connection: {
    connectionString: process.env.PAYMENTS_DATABASE_URL ?? "postgres://shop:shop@localhost:5432/payments",
    query_timeout: 20_000,
  },
  pool,
  acquireConnectionTimeout: 5000,
});
