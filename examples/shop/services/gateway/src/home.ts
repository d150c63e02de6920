import type { Request, Response } from "express";
import { config } from "./config";

async function getJson(url: string) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

export async function home(_req: Request, res: Response) {
  const featured = await getJson(`${config.catalogUrl}/products?featured=true`);
  const topSellers = await getJson(`${config.reportingUrl}/reports/top-sellers`);
  res.json({ featured, topSellers });
}
