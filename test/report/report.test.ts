import assert from "node:assert/strict";
import type { Finding } from "../../src/model/finding.ts";
import { checkReport, conciseReport, LineIndex, modelMermaid, modelReport, modelTree, prettyReport, type ReportSubject } from "../../src/report/index.ts";

const text = "import x from 'y';\n\nexport const pay = () => fetch(url);\n";
const at = text.indexOf("fetch");

const finding: Finding = {
  rule: "timeout/missing",
  severity: "warning",
  confidence: "likely",
  service: "orders",
  place: { path: "orders/pay.ts", at, end: at + 5 },
  symbol: "pay",
  anchor: "fetch",
  data: {},
  wording: { what: "No deadline on fetch call to payments", why: "If payments hangs, this request hangs too.", instead: "Pass a deadline." },
  evidence: [{ says: "fetch is called without a signal", place: { path: "orders/pay.ts", at, end: at + 5 } }, { says: "nothing wraps it" }],
  related: [],
  fixes: [{ id: "deadline", title: "Add a deadline of 2000 ms", kind: "review", build: () => ({ ok: false, reason: "" }) }],
  fingerprint: "0123456789abcdef",
};

const service = { id: "service:orders", name: "orders", root: "orders", language: "typescript", owner: "orders", hosts: [], ports: [], entryPoints: [], isFrontend: false, environment: {}, evidence: [{ says: "compose.yml builds it" }] } as const;
const model: ReportSubject["model"] = {
  services: [service],
  endpoints: [],
  stores: [{ id: "store:x", name: 'or"ders', engine: "postgres", places: [], usedBy: ["service:orders"] }],
  brokers: [],
  channels: [],
  externals: [],
  edges: [{ id: "e", from: "service:orders", to: "store:x", kind: "db", sites: [], places: [{ path: "orders/pay.ts", at, end: at }], evidence: [] }],
  accesses: [],
  blindSpots: [],
};
const subject: ReportSubject = {
  root: "/w",
  findings: [finding],
  suppressed: 2,
  problems: [{ path: "faultline.json", at: 0, end: 0, message: "There is no rule `x`.", severity: "warning" }],
  model,
  files: 3,
  milliseconds: 1234,
  read: (path) => (path === "orders/pay.ts" ? text : undefined),
};
const terminal = { colors: false, width: 80 };

describe("a report", () => {
  it("for people shows the code, the three sentences, the evidence and the fix", () => {
    assert.equal(
      prettyReport(subject, terminal),
      [
        "orders 1 finding",
        "",
        "  ▲ No deadline on fetch call to payments  timeout/missing · likely",
        "    orders/pay.ts:3:26",
        "",
        "      2 |",
        "    > 3 | export const pay = () => fetch(url);",
        "        |                          ^^^^^",
        "      4 |",
        "",
        "    If payments hangs, this request hangs too.",
        "    Pass a deadline.",
        "    · fetch is called without a signal  orders/pay.ts:3",
        "    · nothing wraps it",
        "    fix: Add a deadline of 2000 ms (review)",
        "",
        "Problems",
        "",
        "  ▲ faultline.json:1  There is no rule `x`.",
        "",
        "1 finding, 2 silenced in 3 files, 1 service (1.2 s)",
        "",
      ].join("\n"),
    );
  });

  it("in one line has place, severity, rule and flaw", () => {
    assert.equal(conciseReport(subject, terminal), "orders/pay.ts:3:26 warning timeout/missing No deadline on fetch call to payments\n");
  });

  it("as JSON has lines and columns that begin at 1", () => {
    assert.deepEqual(checkReport(subject).findings[0]?.range, { start: { line: 3, column: 26 }, end: { line: 3, column: 31 } });
  });

  it("as JSON holds all that is known of a finding", () => {
    const [reported] = checkReport(subject).findings;
    assert.deepEqual(Object.keys(reported ?? {}), ["rule", "severity", "confidence", "service", "file", "range", "message", "evidence", "related", "fixes", "fingerprint"]);
  });

  it("of the model names the ends of its edges", () => {
    assert.deepEqual(modelReport(model, subject.read).edges, [{ from: "orders", to: 'or"ders', kind: "db", places: [{ file: "orders/pay.ts", line: 3 }] }]);
  });

  it("of the model draws a tree", () => {
    assert.equal(modelTree(model, terminal), 'orders orders\n└─ db → or"ders\n');
  });

  it("as Mermaid survives any name", () => {
    assert.equal(modelMermaid(model), 'flowchart LR\n  n0["orders"]\n  n1[("or&quot;ders")]\n  n0 -- "db" --> n1\n');
  });
});

describe("a line index", () => {
  it("counts Windows line ends once", () => assert.deepEqual(new LineIndex("a\r\nb").position(3), { line: 2, column: 1 }));
});
