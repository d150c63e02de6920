import type { AxiosInstance } from "axios";

/** POSTs a JSON body and returns the parsed answer; flaky upstreams get a few tries. */
export async function postJson<T>(client: AxiosInstance, path: string, body: unknown, attempts = 3): Promise<T> {
  let lastError: unknown;
  for (let attempt = 1; attempt <= attempts; attempt++) {
    try {
      const response = await client.post<T>(path, body);
      return response.data;
    } catch (error) {
      lastError = error;
      console.warn(`POST ${path} failed (${attempt}/${attempts})`);
    }
  }
  throw lastError;
}
