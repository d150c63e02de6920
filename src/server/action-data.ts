/** What a code action carries until it is resolved. */
import * as v from "valibot";

export const actionData = v.object({ uri: v.string(), fingerprint: v.string(), offer: v.nullable(v.string()) });

/** Without an `offer` it is the suppression. */
export type ActionData = v.InferOutput<typeof actionData>;
