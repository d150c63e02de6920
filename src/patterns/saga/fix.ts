/** The scaffold of a saga: the flow's steps in order, each with its compensation, to be wired in by hand. */
import { Draft, finish, STALE } from "../../fixes/index.ts";
import type { FixContext, FixOffer, FixResult } from "../../model/finding.ts";
import type { SagaFixData } from "./data.ts";
import { sagaTemplate } from "./template.generated.ts";

export function sagaFixes(data: SagaFixData): readonly FixOffer[] {
  return [
    {
      id: "saga/scaffold",
      title: `Add a saga for ${data.flow} with a compensation for each step`,
      kind: "scaffold",
      build: (context) => scaffold(context, data),
    },
  ];
}

function scaffold(context: FixContext, data: SagaFixData): FixResult {
  const draft = Draft.open(context, data.path);
  if (draft === undefined) return STALE;
  draft.addSibling(`${kebabCase(data.flow)}.saga`, (place) => sagaModule(data, place(sagaTemplate)));
  return finish(draft);
}

function sagaModule({ flow, steps }: SagaFixData, specifier: string): string {
  const type = pascalCase(flow);
  const named = uniqueSteps(steps);
  const actions = named.map(
    (
      { run, undo },
      index,
    ) => `  /** Step ${index + 1}. Send \`call.key\` as idempotency key; return what later steps and its compensation need. */
  ${run}(state: Readonly<State>, call: SagaCall): Promise<Partial<State>>;
  /** Undoes step ${index + 1}. Must succeed where that did not happen, or was undone before. */
  ${undo}(state: Readonly<State>, call: SagaCall): Promise<void>;`,
  );
  const list = named.map(
    ({ run, undo }) => `      {
        name: "${run}",
        run: (state, call) => actions.${run}(state, call),
        compensate: (state, call) => actions.${undo}(state, call),
      },`,
  );
  return `/**
 * ${flow} as a saga: when a step fails, the steps before it are undone, the last one first.
 *
 * To wire it in, implement the actions with the calls that ${flow} makes now, and keep a store in this
 * service's database. Call \`run\` with an id that is the same when the request is repeated, and at start-up \`resume\` for
 * each saga that a crash left behind.
 */
import { saga, type Saga, type SagaCall, type SagaStore } from "${specifier}";

export interface ${type}Actions<State> {
${actions.join("\n")}
}

export function ${camelCase(flow)}Saga<State>(actions: ${type}Actions<State>, store: SagaStore<State>): Saga<State> {
  return saga<State>(
    [
${list.join("\n")}
    ],
    { store },
  );
}
`;
}

/** Two steps of one name, or two compensations of one name, get numbers: they are stored by name. */
function uniqueSteps(steps: SagaFixData["steps"]): readonly { readonly run: string; readonly undo: string }[] {
  const used = new Set<string>();
  return steps.map(({ name, undo }) => {
    const run = unused(identifier(name));
    return { run, undo: unused(identifier(undo === undefined || undo === name ? `undo${pascalCase(run)}` : undo)) };
  });

  function unused(wanted: string): string {
    let name = wanted;
    for (let number = 2; used.has(name); number += 1) name = `${wanted}${number}`;
    used.add(name);
    return name;
  }
}

function identifier(text: string): string {
  const joined = text.replace(/[^A-Za-z0-9_$]+(\w?)/g, (_, letter: string) => letter.toUpperCase());
  return /^[A-Za-z_$]/.test(joined) ? joined : `step${joined}`;
}

function pascalCase(text: string): string {
  const name = identifier(text);
  return `${name[0]?.toUpperCase() ?? ""}${name.slice(1)}`;
}

function camelCase(text: string): string {
  const name = identifier(text);
  return `${name[0]?.toLowerCase() ?? ""}${name.slice(1)}`;
}

function kebabCase(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();
}
