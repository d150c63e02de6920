import { createProxyMiddleware } from "http-proxy-middleware";
import { config } from "./config";

function forward(target: string) {
  return createProxyMiddleware({ target, changeOrigin: true });
}

export const ordersProxy = forward(`${config.ordersUrl}/orders`);
export const catalogProxy = forward(`${config.catalogUrl}/products`);
