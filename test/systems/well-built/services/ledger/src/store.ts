import { asc, eq } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool } from "pg";
import { type Account, type AccountEvent, apply, opened } from "./account.js";
import { entries, inbox } from "./schema.js";

export const pool = new Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 1_000,
  query_timeout: 2_000,
});
export const db = drizzle(pool);

type Executor = Pick<NodePgDatabase, "select" | "insert">;

export async function load(account: string, tx: Executor = db): Promise<Account> {
  const rows = await tx
    .select({ event: entries.event })
    .from(entries)
    .where(eq(entries.account, account))
    .orderBy(asc(entries.version));
  return rows.reduce((state, row) => apply(state, row.event as AccountEvent), opened);
}

/** The unique key on (account, version) refuses a second event of the same version. */
export async function append(
  account: string,
  expectedVersion: number,
  event: AccountEvent,
  tx: Executor = db,
): Promise<void> {
  await tx.insert(entries).values({ account, version: expectedVersion + 1, event });
}

/** A message counts once: its id and its entry are one transaction. */
export async function recordHold(messageId: string, account: string, amount: number, reference: string): Promise<void> {
  await db.transaction(async (tx) => {
    const first = await tx.insert(inbox).values({ messageId }).onConflictDoNothing().returning();
    if (first.length === 0) return;
    const { version } = await load(account, tx);
    await append(account, version, { type: "held", amount, reference }, tx);
  });
}
