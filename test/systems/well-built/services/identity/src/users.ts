import { scrypt, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";
import pg from "pg";

export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 1_000,
  query_timeout: 2_000,
});

const derive = promisify<string, Buffer, number, Buffer>(scrypt);

export async function authenticate(email: string, password: string): Promise<string | undefined> {
  const { rows } = await pool.query<{ id: string; salt: Buffer; hash: Buffer }>(
    "SELECT id, salt, hash FROM users WHERE email = $1",
    [email],
  );
  const user = rows[0];
  if (!user) return undefined;
  const offered = await derive(password, user.salt, user.hash.length);
  return timingSafeEqual(offered, user.hash) ? user.id : undefined;
}
