import { createClient } from "@shop/http";
import { ordersDb, paymentsDb } from "./databases";

const catalog = createClient({ baseURL: process.env.CATALOG_URL ?? "http://localhost:3004", caller: "reporting" });

export async function topSellers() {
  const rows = await ordersDb("order_items")
    .join("orders", "orders.id", "order_items.order_id")
    .where("orders.created_at", ">", ordersDb.raw("now() - interval '30 days'"))
    .groupBy("sku")
    .select("sku")
    .sum("quantity as sold")
    .orderBy("sold", "desc")
    .limit(10);
  return Promise.all(
    rows.map(async (row) => {
      const { data } = await catalog.get<{ name: string }>(`/products/${row.sku}`);
      return { sku: row.sku, name: data.name, sold: Number(row.sold) };
    }),
  );
}

export async function revenue(day: string) {
  const [row] = await paymentsDb("payments")
    .where({ status: "captured" })
    .whereRaw("created_at::date = ?", [day])
    .sum("amount as total");
  return { day, total: Number(row?.total ?? 0) };
}
