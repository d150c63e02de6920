import { Order, OrderItem } from "@shop/orders/entities";
import { DataSource, LessThan } from "typeorm";

const orders = new DataSource({
  type: "postgres",
  url: process.env.ORDERS_DATABASE_URL ?? "postgres://shop:shop@localhost:5432/orders",
  entities: [Order, OrderItem],
  extra: { connectionTimeoutMillis: 3000, query_timeout: 20_000 },
});

const WEEK = 7 * 24 * 60 * 60 * 1000;

/** Orders that nobody shipped for a week only distort the figures. */
export async function closeAbandonedOrders() {
  if (!orders.isInitialized) await orders.initialize();
  const lastWeek = new Date(Date.now() - WEEK);
  await orders
    .getRepository(Order)
    .update({ status: "placed", createdAt: LessThan(lastWeek) }, { status: "abandoned" });
}
