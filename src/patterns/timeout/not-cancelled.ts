import type { Detection, Rule } from "../../model/finding.ts";
import type { Knowledge, Race } from "../../model/knowledge.ts";
import { runsAsService } from "../scope.ts";
import { raceFixes, type RaceFixData } from "./fix-race.ts";

export interface OpenRace {
  readonly work: string;
  readonly goesOn: boolean;
  readonly timerStays: boolean;
  readonly resolves: boolean;
  readonly fix: RaceFixData | undefined;
}

export default {
  id: "timeout/not-cancelled",
  severity: "information",
  title: "A race that leaves its loser running",
  status: "stable",

  *detect(knowledge: Knowledge): Iterable<Detection<OpenRace>> {
    // Timers of a workflow are the engine's.
    for (const race of knowledge.program.races) if (runsAsService(knowledge, race.place.path) && !knowledge.program.isReplayed(race.place.path) && !isMoment(race)) yield detection(knowledge, race);
  },

  word: (data) => ({
    what: data.goesOn ? `\`${data.work.slice(0, 36)}\` goes on after its time is up` : `The timer stays when \`${data.work.slice(0, 32)}\` wins the race`,
    why: data.goesOn ? "A race only ends the waiting: the call keeps its socket and its place in the other side's queue, just when that side is slow." : `Each call leaves a timer that runs to its end: it holds memory${data.resolves ? " and keeps the process from exiting" : ", keeps the process from exiting, and rejects with nobody listening"}.`,
    instead: data.goesOn ? "Hand the work a signal that the deadline aborts." : "Clear the timer in a `finally`.",
  }),

  fixes: (data) => (data.fix ? raceFixes(data.fix) : []),
} satisfies Rule<OpenRace>;

/** A timer that is over at once, and wakes nobody, harms nobody. */
const MOMENT_MS = 1_000;

function isMoment({ goesOn, resolves, ms }: Race): boolean {
  return !goesOn && resolves === true && ms !== undefined && ms <= MOMENT_MS;
}

function detection(knowledge: Knowledge, race: Race): Detection<OpenRace> {
  return {
    place: race.head,
    confidence: "certain",
    evidence: [{ says: `${race.workName} runs here`, place: race.work }, { says: race.goesOn ? "nothing tells it to stop when the timer wins" : "nothing clears the timer when the work wins", place: race.head }],
    related: [{ ...race.work, says: race.goesOn ? "this goes on" : "when this wins, the timer stays" }],
    anchor: `race ${race.workName}`,
    symbol: race.symbol,
    data: { work: race.workName, goesOn: race.goesOn, timerStays: race.timerStays, resolves: race.resolves === true, fix: fixOf(knowledge, race) },
  };
}

/** Repairs what can be told to stop, and timers that only have to be cleared. */
function fixOf(knowledge: Knowledge, race: Race): RaceFixData | undefined {
  if (!race.duration) return undefined;
  const option = race.site && knowledge.program.library(race.site.library)?.timeout?.options.find((o) => o.unit === "signal" && o.at.includes("call"));
  const argument = race.site?.facts.options;
  const signal = option && race.site && argument !== undefined && argument >= 0 ? { call: { at: race.site.place.at, end: race.site.place.end }, argument, name: option.name } : undefined;
  if (race.goesOn && !signal) return undefined;
  return { path: race.place.path, race: { at: race.place.at, end: race.place.end }, work: { at: race.work.at, end: race.work.end }, duration: { at: race.duration.at, end: race.duration.end }, ...(race.goesOn && signal ? { signal } : {}) };
}
