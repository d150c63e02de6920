import { bigserial, integer, jsonb, pgTable, text, timestamp, unique } from "drizzle-orm/pg-core";

export const entries = pgTable(
  "entries",
  {
    position: bigserial("position", { mode: "number" }).primaryKey(),
    account: text("account").notNull(),
    version: integer("version").notNull(),
    event: jsonb("event").notNull(),
    at: timestamp("at").notNull().defaultNow(),
  },
  (table) => [unique().on(table.account, table.version)],
);

export const inbox = pgTable("inbox", { messageId: text("message_id").primaryKey() });
