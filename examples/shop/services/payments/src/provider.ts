import { randomUUID } from "node:crypto";
import axios from "axios";

const baseUrl = process.env.PROVIDER_URL ?? "https://api.northpay.example/v1";
const headers = { authorization: `Bearer ${process.env.PROVIDER_KEY}` };
const sandbox = process.env.PROVIDER_MODE === "sandbox";

export interface Receipt {
  id: string;
}

export async function charge(amount: number, card: string, triesLeft = 3): Promise<Receipt> {
  if (sandbox) return { id: `sandbox-${randomUUID()}` };
  try {
    const response = await axios.post<Receipt>(`${baseUrl}/charges`, { amount, card, currency: "EUR" }, { headers });
    return response.data;
  } catch (error) {
    if (triesLeft > 1) return charge(amount, card, triesLeft - 1);
    throw error;
  }
}

export async function refund(providerId: string): Promise<Receipt> {
  if (sandbox) return { id: `sandbox-${randomUUID()}` };
  const response = await axios.post<Receipt>(`${baseUrl}/charges/${providerId}/refund`, {}, { headers });
  return response.data;
}
