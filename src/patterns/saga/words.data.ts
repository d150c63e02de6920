/** Words in names of messages, procedures, paths and functions, by what they say that a call does. */

/** Something is there afterwards that was not there before. */
export const MAKES = setOf(
  "create add insert save store put post register signup enroll place order buy purchase book reserve hold allocate assign issue grant",
  "charge pay payment payments capture debit credit withdraw deposit transfer transfers payout payouts settle redeem invoice bill topup",
  "ship dispatch deliver schedule start launch provision deploy open submit process checkout complete confirm finalize execute fulfill",
  "decrease decrement deduct increase increment reduce consume subtract adjust apply accept approve upload import copy link attach join subscribe follow activate enable",
);

/** Sets what was there before; done again, it comes to the same. */
export const OVERWRITES = setOf("update set patch edit modify change replace rename mark move sync upsert merge switch configure");

/** Takes away or gives back: what a compensation does itself. */
export const REMOVES = setOf(
  "delete del remove destroy drop clear cancel refund release revoke void reverse revert undo restore unreserve detach unlink disable deactivate reject close leave unsubscribe unfollow expire end abort compensate rollback stop",
);

export const READS = setOf(
  "get find list fetch search query count exists exist read load describe head scan lookup check is has can peek watch show view poll wait export download select filter browse",
);

/** Requests that a POST makes only because the question is long. */
export const ASKS = setOf(
  "token tokens oauth oauth2 login logout signin signout authenticate authentication introspect refresh search graphql validate validation verify verification verified estimate quote quotes preview render convert conversion",
  "completion completions embedding embeddings embed translate translation predict prediction predictions detect classify analyze analyse analysis moderation calculate calculation calculations compute simulate simulation",
  "inspect discover resolve geocode geocoding captcha recaptcha siteverify health ping healthcheck scrape extract parse summarize inference decode encode decrypt encrypt hash sign signature signed presign presigned",
  "generate prompt chat screenshot thumbnail resize crawl evaluate diff compare match suggest suggestions recommend recommendations assume session whoami",
);

/** What expires by itself when nobody takes it up, and entries of a catalogue that cost nothing while nobody buys them. */
export const OFFERS = setOf("sessions session links link ephemeral keys setup portal tokens sources methods products product prices price coupons coupon promotion plans plan rates customers customer");

/** News to people or to systems that watch: nothing there has to be undone. */
export const TELLS = setOf(
  "mail mails mailer email emails smtp sms slack telegram discord twilio sendgrid mailgun postmark resend notification notifications notify notifier notif webhook webhooks hook hooks callback",
  "telemetry metric metrics analytics posthog mixpanel amplitude segment track tracker audit audits sentry log logs logger logging newsletter whatsapp fcm apns alert alerts broadcast heartbeat",
  "reindex warm warmup purge invalidate revalidate push trigger feedback openai anthropic gemini llm emit emits emitter publish publisher",
);

/** Tables that nobody's business hangs on. */
export const RECORDS = setOf("log logs audit audits history metric metrics stat stats statistic statistics analytics activity activities cache cached notification notifications seen usage visit visits view views telemetry trace traces heartbeat");

export const MOVES_MONEY = setOf("charge charges pay payment payments purchase payout payouts transfer transfers capture debit withdraw withdrawal deposit refund settle");

function setOf(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(" ")));
}
