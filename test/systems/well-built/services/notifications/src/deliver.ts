import { log } from "@clinic/context";
import { shutdownSignal } from "@clinic/lifecycle";
import pRetry from "p-retry";
import { LarkMail, type Mail, OwlPost } from "./mail-provider.js";

const providers = [new LarkMail(), new OwlPost()];

/** Tries all providers, up to three times. */
export async function deliver(mail: Mail): Promise<void> {
  await pRetry(() => sendThroughAny(mail), {
    retries: 2,
    minTimeout: 500,
    maxTimeout: 4_000,
    randomize: true,
    signal: shutdownSignal,
    shouldRetry: ({ error }) => isTransient(error),
  });
}

/** The first provider that takes the mail is enough. */
async function sendThroughAny(mail: Mail): Promise<void> {
  let refusal: unknown;
  for (const provider of providers) {
    try {
      return await provider.send(mail, shutdownSignal);
    } catch (error) {
      refusal = error;
      log("provider refused the mail, trying the next one", { error: String(error) });
    }
  }
  throw refusal;
}

/** An open circuit is no reason to knock again, and a refused address stays refused. */
function isTransient(error: Error): boolean {
  if ("code" in error && error.code === "EOPENBREAKER") return false;
  return !("status" in error) || Number(error.status) >= 500 || error.status === 429;
}
