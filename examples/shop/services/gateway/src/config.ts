export const config = {
  port: Number(process.env.PORT ?? 3000),
  jwtSecret: process.env.JWT_SECRET ?? "shop-jwt-secret",
  ordersUrl: process.env.ORDERS_URL ?? "http://localhost:3001",
  paymentsUrl: process.env.PAYMENTS_URL ?? "http://localhost:3002",
  inventoryUrl: process.env.INVENTORY_URL ?? "http://localhost:3003",
  catalogUrl: process.env.CATALOG_URL ?? "http://localhost:3004",
  reportingUrl: process.env.REPORTING_URL ?? "http://localhost:3005",
};
