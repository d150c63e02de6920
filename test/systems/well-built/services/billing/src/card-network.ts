import { contextHeaders } from "@clinic/context";
import { breakerFor } from "@clinic/resilience";
import axios from "axios";

const baseURL = process.env.CARDS_URL ?? "http://localhost:9090";
const client = axios.create({ baseURL });

client.interceptors.request.use((config) => {
  config.signal = AbortSignal.timeout(1_500);
  for (const [name, value] of Object.entries(contextHeaders())) config.headers.set(name, value);
  return config;
});

const { host } = new URL(baseURL);

export async function holdCard(holdId: string, amount: number): Promise<void> {
  await breakerFor(host).fire(() => client.put(`/holds/${holdId}`, { amount }));
}

export async function releaseCard(holdId: string): Promise<void> {
  await breakerFor(host).fire(() => client.delete(`/holds/${holdId}`));
}
