import {
  type Copy,
  DockerfileParser,
  type Instruction,
  type JSONInstruction,
  type PropertyInstruction,
} from "dockerfile-ast";
import type { DockerfileSummary } from "./summary.ts";

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type Range = ReturnType<Instruction["getRange"]>;

/** What is read while going down the file; the parts that a new stage starts afresh are in `stage`. */
interface Reader {
  readonly offset: (position: Range["start"]) => number;
  readonly stages: { from: string; name?: string }[];
  readonly env: DockerfileSummary["env"][number][];
  readonly copies: DockerfileSummary["copies"][number][];
  readonly named: Map<string, Stage>;
  stage: Stage;
}

interface Stage {
  readonly expose: Set<number>;
  entrypoint?: JSONInstruction;
  cmd?: JSONInstruction;
  workdir?: string;
  healthcheck: boolean;
}

/** Reads a Dockerfile. Ports, command, directory and health check are those of the last stage: it is what runs. */
export function summarizeDockerfile(path: string, text: string): DockerfileSummary {
  const reader: Reader = {
    offset: offsets(text),
    stages: [],
    env: [],
    copies: [],
    named: new Map(),
    stage: newStage(),
  };
  for (const instruction of DockerfileParser.parse(text).getInstructions()) readInstruction(reader, instruction);
  const { stage } = reader;
  const summary: Mutable<DockerfileSummary> = {
    kind: "dockerfile",
    path,
    problems: [],
    stages: reader.stages,
    env: reader.env,
    expose: [...stage.expose],
    copies: reader.copies,
    healthcheck: stage.healthcheck,
  };
  const command = commandOf(reader);
  if (command !== undefined) summary.command = command;
  if (stage.workdir !== undefined) summary.workdir = stage.workdir;
  return summary;
}

function newStage(): Stage {
  return { expose: new Set(), healthcheck: false };
}

function readInstruction(reader: Reader, instruction: Instruction): void {
  const { stage } = reader;
  switch (instruction.getKeyword()) {
    case "FROM":
      startStage(reader, instruction);
      break;
    case "ENV":
      readEnv(reader, instruction as PropertyInstruction);
      break;
    case "EXPOSE":
      for (const word of words(instruction)) readPorts(reader, word);
      break;
    case "ENTRYPOINT":
      stage.entrypoint = instruction as JSONInstruction;
      break;
    case "CMD":
      stage.cmd = instruction as JSONInstruction;
      break;
    case "WORKDIR":
      stage.workdir = words(instruction).join(" ");
      break;
    case "HEALTHCHECK":
      stage.healthcheck = words(instruction)[0]?.toUpperCase() !== "NONE";
      break;
    case "COPY":
    case "ADD":
      readCopy(reader, instruction as Copy);
      break;
    default:
  }
}

/** `FROM image AS name`; a stage that builds on another takes over what that one set. */
function startStage(reader: Reader, instruction: Instruction): void {
  const [from = "", as, name] = words(instruction).filter((word) => !word.startsWith("--"));
  const isNamed = as?.toUpperCase() === "AS" && name !== undefined;
  reader.stages.push(isNamed ? { from, name } : { from });
  const base = reader.named.get(from);
  reader.stage = base === undefined ? newStage() : { ...base, expose: new Set(base.expose) };
  if (isNamed) reader.named.set(name, reader.stage);
}

function readEnv(reader: Reader, instruction: PropertyInstruction): void {
  for (const property of instruction.getProperties()) {
    const { start, end } = property.getRange();
    const span = { at: reader.offset(start), end: reader.offset(end) };
    reader.env.push({ name: property.getName(), value: property.getValue() ?? "", ...span });
  }
}

/** `8080`, `8080/tcp`, `9000-9002`, or a variable that the file itself sets. */
function readPorts(reader: Reader, word: string): void {
  const variable = /^\$\{?(\w+)/.exec(word)?.[1];
  const written = variable === undefined ? word : (reader.env.findLast(({ name }) => name === variable)?.value ?? "");
  const [, first, last] = /^(\d{1,5})(?:-(\d{1,5}))?(?:\/\w+)?$/.exec(written) ?? [];
  if (first === undefined) return;
  const low = Number(first);
  const high = Math.min(Number(last ?? first), low + 100);
  for (let port = low; port <= high; port++) reader.stage.expose.add(port);
}

/** From another stage, the source reads `stage:/path`: it is no path of the workspace. */
function readCopy(reader: Reader, instruction: Copy): void {
  const from =
    instruction
      .getFlags()
      .find((flag) => flag.getName() === "from")
      ?.getValue() ?? undefined;
  const paths = listed(instruction);
  const to = paths.pop();
  if (to === undefined) return;
  for (const path of paths) reader.copies.push({ from: from === undefined ? path : `${from}:${path}`, to });
}

function commandOf({ stage, offset }: Reader): DockerfileSummary["command"] {
  const parts = [stage.entrypoint, stage.cmd].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const text = parts.flatMap(listed).join(" ");
  const ranges = parts.map((part) => part.getRange());
  const at = Math.min(...ranges.map(({ start }) => offset(start)));
  return { text, at, end: Math.max(...ranges.map(({ end }) => offset(end))) };
}

/** The words of an instruction, whether written as JSON or as they are. */
function listed(instruction: JSONInstruction): string[] {
  const strings = instruction.getJSONStrings();
  if (strings.length > 0) return strings.map((string) => string.getJSONValue());
  return words(instruction).filter((word) => word !== "[" && word !== "]");
}

function words(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}

/** Translates lines and columns into offsets. */
function offsets(text: string): Reader["offset"] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\r|\n/g)) starts.push(match.index + match[0].length);
  return ({ line, character }) => (starts[line] ?? text.length) + character;
}
