import { fetchJson } from "@clinic/resilience";
import type { Request, Response } from "express";
import { config } from "./config.js";

/** Each part may be missing: the page says so instead of failing. */
export async function dashboard(req: Request, res: Response) {
  const patient = encodeURIComponent(String(req.headers["x-patient-id"]));
  const [doctors, invoices] = await Promise.allSettled([
    fetchJson<unknown[]>(`${config.searchUrl}/doctors?near=${patient}`, { deadlineMs: 5_000 }),
    fetchJson<unknown[]>(`${config.billingUrl}/invoices?patient=${patient}`, { deadlineMs: 5_000 }),
  ]);
  res.json({
    doctors: doctors.status === "fulfilled" ? doctors.value : null,
    invoices: invoices.status === "fulfilled" ? invoices.value : null,
  });
}
