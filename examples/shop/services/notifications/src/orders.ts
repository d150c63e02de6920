const ORDERS_URL = process.env.ORDERS_URL ?? "http://localhost:3001";

export interface OrderSummary {
  id: string;
  items: { sku: string; quantity: number }[];
}

export async function fetchOrder(id: string): Promise<OrderSummary> {
  const response = await fetch(`${ORDERS_URL}/orders/${id}`);
  if (!response.ok) throw new Error(`orders answered ${response.status}`);
  return (await response.json()) as OrderSummary;
}
