/** What a code action carries until it is resolved. */
import * as v from "valibot";

const one = v.object({ uri: v.string(), fingerprint: v.string(), offer: v.nullable(v.string()) });
const all = v.object({ uri: v.string(), all: v.nullable(v.string()) });

export const actionData = v.union([one, all]);

/** Without an `offer` it is the suppression. */
export type OneActionData = v.InferOutput<typeof one>;

/** Every safe fix of the file; of one rule, where one is named. */
export type AllActionData = v.InferOutput<typeof all>;

export type ActionData = OneActionData | AllActionData;
