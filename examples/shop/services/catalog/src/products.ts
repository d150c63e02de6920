import { Redis } from "ioredis";
import { Pool } from "pg";

const pool = new Pool({
  connectionString: process.env.DATABASE_URL ?? "postgres://shop:shop@localhost:5432/catalog",
  connectionTimeoutMillis: 3000,
  query_timeout: 5000,
});
const redis = new Redis(process.env.REDIS_URL ?? "redis://localhost:6379", { commandTimeout: 500, lazyConnect: true });
redis.on("error", () => undefined);

export interface Product {
  sku: string;
  name: string;
  price: number;
  available: boolean;
}

export async function findProduct(sku: string): Promise<Product | undefined> {
  const cached = await redis.get(`product:${sku}`).catch(() => null);
  if (cached) return JSON.parse(cached);
  const { rows } = await pool.query<Product>("SELECT sku, name, price, available FROM products WHERE sku = $1", [sku]);
  if (rows[0]) await redis.set(`product:${sku}`, JSON.stringify(rows[0])).catch(() => undefined);
  return rows[0];
}

export async function listFeatured(): Promise<Product[]> {
  const { rows } = await pool.query<Product>(
    "SELECT sku, name, price, available FROM products WHERE featured LIMIT 12",
  );
  return rows;
}

export async function insertProduct(product: Product) {
  const { sku, name, price, available } = product;
  await pool.query("INSERT INTO products (sku, name, price, available) VALUES ($1, $2, $3, $4)", [
    sku,
    name,
    price,
    available,
  ]);
}

export async function updateProduct(sku: string, change: Partial<Product>) {
  await pool.query(
    "UPDATE products SET price = coalesce($2, price), available = coalesce($3, available) WHERE sku = $1",
    [sku, change.price, change.available],
  );
}
