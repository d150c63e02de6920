import { contextHeaders } from "@clinic/context";
import { breakerFor } from "./breakers.js";

export class HttpError extends Error {
  constructor(
    readonly status: number,
    url: string,
  ) {
    super(`${url} answered ${status}`);
  }
}

export interface FetchOptions {
  deadlineMs: number;
  method?: "GET" | "POST" | "PUT" | "DELETE";
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export async function fetchJson<T>(url: string, options: FetchOptions): Promise<T> {
  const { deadlineMs, method = "GET", body, headers, signal } = options;
  const breaker = breakerFor(new URL(url).host);
  const answer = await breaker.fire(async () => {
    const limit = AbortSignal.timeout(deadlineMs);
    const response = await fetch(url, {
      method,
      headers: { "content-type": "application/json", ...contextHeaders(), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    if (!response.ok) throw new HttpError(response.status, url);
    return response.status === 204 ? undefined : response.json();
  });
  return answer as T;
}
