/** Systems small enough to be worked out by hand; the sum stands in each test. */
import assert from "node:assert/strict";
import { simulate } from "../../../src/diagram/index.ts";
import { stateAt, type FailureQuestion, type FailureRun } from "../../../src/protocol/failure.ts";
import { call, deliver, publish, system } from "./systems.ts";
import { assumptions, type Assumptions } from "../../../src/diagram/failure/index.ts";
import type { FailureSystem } from "../../../src/diagram/index.ts";

const silent = { kind: "down", manner: "silent" } as const;
const refusing = { kind: "down", manner: "refusing" } as const;
const atOnce = { kind: "none", baseMs: 0, capMs: 0 } as const;

function ran(sketch: FailureSystem, question: FailureQuestion, given: Partial<Assumptions> = {}): FailureRun {
  const run = simulate(sketch, question, { ...assumptions, ...given });
  assert.ok(run);
  return run;
}

/** `orders failing, web hanging`: what is not well at a moment, save for what was struck. */
function healths(run: FailureRun, ms: number): string {
  return [...stateAt(run, ms).nodes].filter(([id, { health }]) => id !== run.target && health !== "up").map(([id, { health }]) => `${id} ${health}`).sort().join(", ");
}

function load(run: FailureRun, ms: number, edge: string): number | undefined {
  return stateAt(run, ms).edges.get(edge)?.load;
}

describe("a failure, by hand", () => {
  it("hangs everything above a service that does not answer, where no deadline ends the wait", () => {
    const run = ran(system(call("web", "orders"), call("orders", "payments")), { target: "payments", fault: silent });
    assert.equal(healths(run, 10_000), "orders hanging, web hanging");
    // Little's law: held = arrival rate × wait; after a minute of silence a minute's worth of requests is held.
    assert.equal(stateAt(run, 60_000).nodes.get("web")?.held, 60);
    assert.deepEqual(run.weakEdges.map(({ edge, rule }) => `${edge} ${rule}`), [
      "orders>payments timeout/missing",
      "orders>payments circuit-breaker/missing",
      "web>orders timeout/missing",
      "web>orders circuit-breaker/missing",
    ]);
  });

  it("is told from the cause on: of what turns at one moment, each after what it waits for", () => {
    const run = ran(system(call("aaa", "bbb"), call("bbb", "ccc"), call("ccc", "payments")), { target: "payments", fault: silent });
    const [first] = run.steps.filter(({ says }) => says.length > 2);
    assert.deepEqual(first?.says.map((says) => says.split(" ")[0]), ["ccc", "bbb", "aaa"]);
    assert.match(run.weakEdges.map(({ says }) => says).join("\n"), /which has not answered well for 60 s/);
  });

  it("turns hanging into failing when the deadline has passed, and holds a deadline's worth of requests", () => {
    const run = ran(system(call("web", "orders"), call("orders", "payments", { deadlineMs: 4_000 })), { target: "payments", fault: silent });
    assert.equal(healths(run, 3_500), "orders hanging, web hanging");
    assert.equal(healths(run, 8_000), "orders failing, web failing");
    assert.equal(stateAt(run, 60_000).nodes.get("orders")?.held, 4);
  });

  it("multiplies load by the product of attempts along the chain", () => {
    const tries = { attempts: 3, wait: atOnce };
    const chain = system(call("web", "a", tries), call("a", "b", tries), call("b", "db", tries));
    const run = ran(chain, { target: "db", fault: refusing }, { headroom: 100 });
    assert.deepEqual(["web>a", "a>b", "b>db"].map((edge) => load(run, 20_000, edge)), [3, 9, 27]);
  });

  it("needs 1 + p + p² attempts on average where a share p of the calls fails", () => {
    const run = ran(system(call("web", "db", { attempts: 3, wait: atOnce })), { target: "db", fault: { kind: "errors", share: 0.5 } });
    assert.equal(load(run, 20_000, "web>db"), 1.8);
    // All three fail for 0.5³ of the requests.
    assert.equal(stateAt(run, 20_000).nodes.get("web")?.failedShare, 0.13);
  });

  it("opens a breaker once half of the calls have failed, and then fails at once", () => {
    const run = ran(system(call("web", "db", { deadlineMs: 2_000, breaker: "shared" })), { target: "db", fault: silent });
    const opened = run.steps.find(({ edges }) => edges["web>db"]?.breaker === "open")?.atMs ?? 0;
    // The window of 10 s held only good calls at 0, and the first fails at 2: at t there are t - 2 s of bad and 10 - t s of good ones.
    assert.ok(Math.abs(opened - 6_000) <= 500, String(opened));
    assert.equal(healths(run, 20_000), "web failing");
    assert.equal(load(run, 20_000, "web>db"), 0);
    assert.equal(stateAt(run, 20_000).nodes.get("web")?.held, 0);
  });

  it("never opens a breaker that sees no failure, because nothing ends the wait", () => {
    const run = ran(system(call("web", "db", { breaker: "shared" })), { target: "db", fault: silent });
    assert.equal(healths(run, 60_000), "web hanging");
    assert.ok(run.steps.every(({ edges }) => edges["web>db"]?.breaker !== "open"));
  });

  it("is contained by a fallback: the service is degraded, and who calls it is well", () => {
    const run = ran(system(call("web", "orders"), call("orders", "db", { deadlineMs: 1_000, breaker: "shared", hasFallback: true })), { target: "db", fault: silent });
    assert.equal(healths(run, 20_000), "orders degraded");
  });

  it("stops at a channel: the producer is well while messages queue", () => {
    const run = ran(system(call("web", "orders"), publish("orders", "topic"), deliver("topic", "mail"), call("mail", "smtp")), { target: "smtp", fault: silent });
    assert.equal(healths(run, 20_000), "mail hanging, topic queueing");
    assert.equal(stateAt(run, 20_000).nodes.get("web"), undefined);
  });

  it("reaches the producer when the broker itself does not answer", () => {
    const run = ran(system(call("web", "orders"), publish("orders", "topic"), deliver("topic", "mail")), { target: "broker", fault: silent });
    assert.equal(healths(run, 20_000), "orders hanging, topic failing, web hanging");
  });

  it("keeps failing after the fault has gone, where retries keep the load above what the service can do", () => {
    const tries = { deadlineMs: 1_000, attempts: 3, wait: atOnce };
    const run = ran(system(call("web", "db", tries)), { target: "db", fault: { kind: "slow", byMs: 3_000 }, lastsMs: 20_000 });
    // Usual load 1, room for 2, three attempts each: the queue never gets shorter.
    assert.equal(stateAt(run, 60_000).nodes.get("db")?.health, "queueing");
    assert.equal(healths(run, 60_000), "web failing");
    const once = ran(system(call("web", "db", { ...tries, attempts: 1 })), { target: "db", fault: { kind: "slow", byMs: 3_000 }, lastsMs: 20_000 });
    assert.equal(healths(once, 60_000), "");
  });

  it("sends the database ten times its reads when a cache that answers nine of ten is empty", () => {
    const run = ran(system(call("web", "cache"), call("web", "db")), { target: "cache", fault: { kind: "cold" } });
    const peak = Math.max(...run.steps.map(({ edges }) => edges["web>db"]?.load ?? 0));
    assert.ok(peak > 8 && peak <= 10, String(peak));
    assert.equal(stateAt(run, 5_000).nodes.get("db")?.health, "queueing");
  });

  it("fills a bulkhead and then refuses at once", () => {
    const run = ran(system(call("web", "db", { deadlineMs: 5_000, bulkhead: 10 })), { target: "db", fault: silent });
    // Ten places, at ten calls a second: one second's worth of calls is under way, and who comes then is refused.
    assert.equal(stateAt(run, 3_000).edges.get("web>db")?.held, 1);
    assert.equal(healths(run, 4_000), "web failing");
  });

  it("says what it could not tell: a state that hangs on a policy that was not read is not certain", () => {
    const run = ran(system(call("web", "db", { deadlineMs: "unknown" })), { target: "db", fault: silent });
    const web = stateAt(run, 30_000).nodes.get("web");
    assert.deepEqual([web?.health, web?.isCertain], ["hanging", false]);
    assert.deepEqual(run.weakEdges.filter(({ rule }) => rule === "timeout/missing"), []);
  });

  it("shows what a repair would do", () => {
    const sketch = system(call("web", "orders"), call("orders", "db"));
    const repaired = [{ edge: "orders>db", rule: "timeout/missing" }];
    const run = ran(sketch, { target: "db", fault: silent, repaired });
    assert.equal(healths(run, 30_000), "orders failing, web failing");
    assert.deepEqual(run.weakEdges.filter(({ rule, edge }) => rule === "timeout/missing" && edge === "orders>db"), []);
  });
});
