export { createClient, type ClientOptions } from "./client";
export { postJson } from "./post-json";
