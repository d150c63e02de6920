import type { FailureQuestion, FailureRun, Health } from "../../protocol/failure.ts";
import { assumptions, type Assumptions } from "./assumptions.ts";
import { healthOf } from "./healths.ts";
import { withRepairs } from "./repairs.ts";
import { run } from "./run.ts";
import { assumptionSentences, strikeSentence } from "./sentences.ts";
import { isDoubtful } from "./settle.ts";
import type { FailureSystem } from "./system.ts";
import { Timeline } from "./timeline.ts";
import { WeakEdges } from "./weak-edges.ts";
import { worldOf, type Struck } from "./world.ts";

/**
 * What happens to a system when one of its nodes fails. Pure: the same question always has the same answer. Undefined where
 * no node has the target's id. `docs/failure-model.md` tells the model and where its numbers come from.
 */
export function simulate(system: FailureSystem, question: FailureQuestion, given: Assumptions = givenFor(system)): FailureRun | undefined {
  const { target, fault } = question;
  const struck = system.nodes.find(({ id }) => id === target);
  if (struck === undefined) return undefined;
  const whole = withRepairs(system, question.repaired ?? []);
  const lastsMs = question.lastsMs ?? Infinity;
  const isDoubted = whole.edges.some(({ guard, way }) => way === "named" || isDoubtful(guard));
  const otherwise = isDoubted ? healthsOf(whole, { target, fault, doubt: "protected" }, { lastsMs, given }) : undefined;
  const world = worldOf(whole, { target, fault, doubt: "unprotected" }, given);
  const timeline = new Timeline(world, otherwise, strikeSentence(struck, fault));
  const weak = new WeakEdges(world);
  run(world, lastsMs, (step) => {
    const healths = new Map(world.nodes.map((node) => [node.node.id, healthOf(node, step, world)]));
    timeline.look(step, healths);
    weak.look(step, healths);
  });
  return {
    version: 1,
    target,
    fault,
    horizonMs: given.horizonMs,
    steps: timeline.steps(),
    weakEdges: weak.list(),
    assumptions: assumptionSentences(given),
  };
}

/** A large system is looked at half as often: the answer is wanted while somebody waits. */
function givenFor({ nodes }: FailureSystem): Assumptions {
  return nodes.length > 150 ? { ...assumptions, stepMs: 2 * assumptions.stepMs } : assumptions;
}

function healthsOf(system: FailureSystem, struck: Struck, { lastsMs, given }: { readonly lastsMs: number; readonly given: Assumptions }): readonly ReadonlyMap<string, Health>[] {
  const world = worldOf(system, struck, given);
  const healths: ReadonlyMap<string, Health>[] = [];
  run(world, lastsMs, (step) => void healths.push(new Map(world.nodes.map((node) => [node.node.id, healthOf(node, step, world)]))));
  return healths;
}
