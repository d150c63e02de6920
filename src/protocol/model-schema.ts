/** `ModelReport` as a schema: what is published as `schemas/model.schema.json` is generated from it. */
import * as v from "valibot";
import type { ModelReport } from "./report.ts";

const text = v.string();
const line = v.pipe(v.number(), v.integer(), v.minValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const edge = v.strictObject({
  from: text,
  to: text,
  kind: v.picklist(["http", "grpc", "event", "db", "other"]),
  via: v.exactOptional(v.pipe(text, v.description("Topic or queue of an event edge."))),
  policy: v.exactOptional(
    v.strictObject({
      deadline: v.pipe(text, v.description("`2000 ms`, or `present`, `absent`, `unknown`.")),
      attempts: v.pipe(text, v.description("A number, `unbounded`, `present` or `unknown`.")),
      breaker: v.pipe(text, v.description("What it is shared by (`module`, `instance`, `keyed`, `call`), or `present`, `absent`, `unknown`.")),
    }),
  ),
  places: v.array(v.strictObject({ file: text, line })),
});

/** Everything that `faultline model --format json` prints. */
export const modelReportSchema = v.strictObject({
  version: v.literal(1),
  services: v.array(v.strictObject({ name: text, root: v.pipe(text, v.description("Folder of its code, relative to the workspace.")), language: text, evidence: v.array(text) })),
  stores: v.array(v.strictObject({ name: text, engine: text, usedBy: v.array(text) })),
  brokers: v.array(v.strictObject({ name: text, engine: text })),
  channels: v.array(v.strictObject({ name: text, broker: v.exactOptional(text), producers: v.array(text), consumers: v.array(text) })),
  externals: v.array(v.strictObject({ name: text })),
  edges: v.pipe(v.array(edge), v.description("Ends are names.")),
  endpoints: v.array(v.strictObject({ service: text, kind: text, title: text, file: text, line })),
  blindSpots: v.array(v.strictObject({ file: text, line, why: text })),
  resolution: v.exactOptional(
    v.pipe(
      v.strictObject({
        calls: count,
        targetKnown: count,
        deadlineKnown: count,
        reasons: v.array(v.strictObject({ of: v.picklist(["target", "deadline"]), why: text, count, file: text, line })),
      }),
      v.description("Calls that leave a process: of how many target and deadline are known, and why the rest are not."),
    ),
  ),
}) satisfies v.GenericSchema<ModelReport>;
