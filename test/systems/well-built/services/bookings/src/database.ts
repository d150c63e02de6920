import type { DataSourceOptions } from "typeorm";
import { Booking, CompensationDue, OutboxMessage } from "./entities.js";

export const database = {
  type: "postgres",
  url: process.env.DATABASE_URL,
  entities: [Booking, OutboxMessage, CompensationDue],
  extra: { max: 10, connectionTimeoutMillis: 1_000, query_timeout: 2_000 },
} satisfies DataSourceOptions;
