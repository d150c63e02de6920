import { log } from "@clinic/context";
import { Redis } from "ioredis";
import pg from "pg";

export const pool = new pg.Pool({
  connectionString: process.env.DATABASE_URL,
  max: 10,
  connectionTimeoutMillis: 1_000,
  query_timeout: 2_000,
});
export const redis = new Redis(process.env.REDIS_URL ?? "redis://localhost:6379", {
  commandTimeout: 200,
  maxRetriesPerRequest: 1,
});
redis.on("error", (error) => log("cache is out of reach", { error: String(error) }));

export interface Doctor {
  id: string;
  name: string;
  area: string;
  version: number;
}

const TTL_S = 300;
const loading = new Map<string, Promise<Doctor[]>>();

/** From the cache, else from the database: one load for all who ask at the same time. */
export async function doctorsIn(area: string): Promise<Doctor[]> {
  const cached = await redis.get(`doctors:${area}`).catch(() => null);
  if (cached) return JSON.parse(cached) as Doctor[];
  const running = loading.get(area) ?? load(area).finally(() => loading.delete(area));
  loading.set(area, running);
  return running;
}

async function load(area: string): Promise<Doctor[]> {
  const { rows } = await pool.query<Doctor>("SELECT id, name, area, version FROM doctors WHERE area = $1 LIMIT 50", [
    area,
  ]);
  const ttl = TTL_S + Math.floor(Math.random() * 60);
  await redis.set(`doctors:${area}`, JSON.stringify(rows), "EX", ttl).catch(() => undefined);
  return rows;
}

/** An older event than what is stored changes nothing; the cached lists go after the row is written. */
export async function storeDoctor(doctor: Doctor): Promise<void> {
  const { rows } = await pool.query<{ area: string }>(
    `WITH before AS (SELECT area FROM doctors WHERE id = $1)
     INSERT INTO doctors (id, name, area, version) VALUES ($1, $2, $3, $4)
     ON CONFLICT (id) DO UPDATE SET name = $2, area = $3, version = $4 WHERE doctors.version < $4
     RETURNING (SELECT area FROM before)`,
    [doctor.id, doctor.name, doctor.area, doctor.version],
  );
  const left = rows[0]?.area ?? doctor.area;
  await redis.del(`doctors:${doctor.area}`, `doctors:${left}`).catch(() => undefined);
}
