import type { Detection, Rule } from "../../model/finding.ts";
import type { IdleSignal, Knowledge, Site } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { signalFixes, type SignalFixData } from "./fix-signal.ts";

export interface UnpassedSignal {
  readonly name: string;
  readonly kind: IdleSignal["kind"];
  readonly callee: string;
  readonly fix: SignalFixData;
}

export default {
  id: "timeout/signal-not-passed",
  severity: "warning",
  title: "A deadline is made, and the call does not get it",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<UnpassedSignal>> {
    for (const idle of knowledge.program.idleSignals) {
      const [first] = idle.calls;
      if (first && runsAsService(knowledge, idle.place.path)) yield detection(knowledge, idle, first);
    }
  },

  word: (data) => ({
    what: data.kind === "offered" ? `\`${cut(data.name)}\` cannot end \`${cut(data.callee)}\`, which takes no signal` : `\`${cut(data.name)}\` never reaches \`${cut(data.callee)}\``,
    why: WHY[data.kind],
    instead: data.kind === "offered" ? "Take the signal that the policy hands out, and pass it to the call." : "Pass the signal in the call's options.",
  }),

  fixes: (data) => signalFixes(data.fix),
} satisfies Rule<UnpassedSignal>;

const WHY = {
  made: "The timer runs and the signal aborts, but nothing listens: the call goes on for as long as the other side likes.",
  given: "Whoever calls this believes that it can be cancelled; the call goes on all the same.",
  offered: "A cooperative timeout only aborts its signal: while nothing listens to it, the call goes on without a limit.",
} as const satisfies Record<IdleSignal["kind"], string>;

function cut(text: string): string {
  return text.length > 26 ? `${text.slice(0, 25)}…` : text;
}

function detection(knowledge: Knowledge, idle: IdleSignal, first: Site): Detection<UnpassedSignal> {
  return {
    place: idle.place,
    confidence: first.confidence,
    evidence: [{ says: EVIDENCE[idle.kind](idle.name), place: idle.place }, { says: `${first.calleeText} is called without it`, place: first.callee }],
    related: idle.calls.slice(0, 4).map((site) => ({ ...site.callee, says: `${site.calleeText} does not get the signal` })),
    anchor: `${idle.kind} ${idle.name} ${first.calleeText}`,
    symbol: idle.symbol,
    data: { name: idle.name, kind: idle.kind, callee: first.calleeText, fix: { path: first.place.path, signal: idle.signal, kind: idle.kind, calls: idle.calls.flatMap((site) => callOf(knowledge, site)), at: { at: idle.place.at, end: idle.place.end } } },
  };
}

const EVIDENCE = {
  made: (name) => `${name} is made here`,
  given: (name) => `${name} comes as a parameter`,
  offered: (name) => `${name} hands a signal to the function that it runs`,
} as const satisfies Record<IdleSignal["kind"], (name: string) => string>;

function callOf(knowledge: Knowledge, site: Site): SignalFixData["calls"] {
  const option = knowledge.program.library(site.library)?.timeout?.options.find((o) => o.unit === "signal" && o.at.includes("call"));
  const argument = site.facts.options;
  return option && argument !== undefined && argument >= 0 ? [{ call: { at: site.place.at, end: site.place.end }, argument, name: option.name }] : [];
}
