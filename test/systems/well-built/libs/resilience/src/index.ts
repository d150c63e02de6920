export { retryWithBackoff, type BackoffOptions } from "./backoff.js";
export { breakerFor } from "./breakers.js";
export { fetchJson, HttpError, type FetchOptions } from "./fetch-json.js";
