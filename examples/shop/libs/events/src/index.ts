export const topics = {
  orderPlaced: "orders.placed",
  orderShipped: "orders.shipped",
} as const;

export interface OrderPlaced {
  orderId: string;
  customerEmail: string;
  customerPhone?: string;
  total: number;
}

export interface OrderShipped {
  orderId: string;
  carrier: string;
  trackingCode: string;
}
