import axios, { type AxiosInstance } from "axios";
import axiosRetry from "axios-retry";

export interface ClientOptions {
  baseURL: string;
  /** Name of the calling service, for the access logs of the other side. */
  caller: string;
}

export function createClient({ baseURL, caller }: ClientOptions): AxiosInstance {
  const client = axios.create({ baseURL, headers: { "user-agent": `shop-${caller}` } });
  axiosRetry(client, { retries: 2, retryCondition: (error) => !error.response || error.response.status >= 500 });
  return client;
}
