import { contextHeaders } from "@clinic/context";
import axios from "axios";
import {
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  retry,
  SamplingBreaker,
  timeout,
  TimeoutStrategy,
  wrap,
} from "cockatiel";

const client = axios.create({ baseURL: process.env.INSURER_URL, timeout: 800 });
client.interceptors.request.use((config) => {
  for (const [name, value] of Object.entries(contextHeaders())) config.headers.set(name, value);
  return config;
});

const transient = handleWhen((error) => axios.isAxiosError(error) && (error.response?.status ?? 503) >= 500);

// The backoff is exponential with decorrelated jitter; 3 s cover all attempts and the waits between them.
const policy = wrap(
  timeout(3_000, TimeoutStrategy.Aggressive),
  retry(transient, { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 100, maxDelay: 400 }) }),
  circuitBreaker(transient, {
    halfOpenAfter: 15_000,
    breaker: new SamplingBreaker({ threshold: 0.5, duration: 20_000, minimumRps: 1 }),
  }),
);

export async function reserveCover(holdId: string, patientId: string, amount: number): Promise<void> {
  await policy.execute(({ signal }) => client.put(`/covers/${holdId}`, { patientId, amount }, { signal }));
}

export async function releaseCover(holdId: string): Promise<void> {
  await policy.execute(({ signal }) => client.delete(`/covers/${holdId}`, { signal }));
}

export async function coverState(holdId: string): Promise<"open" | "decided"> {
  const { data } = await policy.execute(({ signal }) =>
    client.get<{ state: "open" | "decided" }>(`/covers/${holdId}`, { signal }),
  );
  return data.state;
}
