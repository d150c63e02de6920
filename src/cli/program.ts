import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { check, checkFormats, failLevels } from "./check.ts";
import { sceneFormats, sceneKinds } from "../diagram/index.ts";
import { diagram } from "./diagram.ts";
import { explain } from "./explain.ts";
import { fix, fixKinds } from "./fix.ts";
import { listRules } from "./list-rules.ts";
import { model, modelFormats } from "./model.ts";
import type { Output } from "./output.ts";

type Conclude = (status: number) => void;

/** The commands and their options. `conclude` is told the exit status of the one that ran. */
export function program(version: string, output: Output, conclude: Conclude): Command {
  const faultline = new Command("faultline")
    .description("Finds what takes distributed systems down: retries without backoff, calls without deadline or breaker, shared databases, sagas without compensation.")
    .version(version)
    .exitOverride()
    .configureOutput({
      // Written at once and awaited by nobody: help is short.
      writeOut: (text) => void output.print(text),
      writeErr: (text) => output.say(text.trimEnd()),
      outputError: (text, write) => write(text.replace(/^error: /, "faultline: ")),
    })
    .showSuggestionAfterError();
  const folder = (): Argument => new Argument("[dir]", "folder that holds the services").default(".");

  analysing(faultline.command("check").description("report findings").addArgument(folder()))
    .addOption(new Option("--format <format>", "how findings are printed").choices(checkFormats).default("pretty"))
    .addOption(new Option("--fail-on <severity>", "least severity that makes the exit status 1").choices(failLevels).default("warning"))
    .action(async (dir, flags) => conclude(await check(dir, flags, output)));

  analysing(faultline.command("model").description("print the architecture that the code really has").addArgument(folder()))
    .addOption(new Option("--format <format>", "how it is printed").choices(modelFormats).default("tree"))
    .action(async (dir, flags) => conclude(await model(dir, flags, output)));

  analysing(faultline.command("diagram").description("draw the architecture that the code really has").addArgument(folder()))
    .addOption(new Option("--format <format>", "what is drawn").choices(sceneFormats).default("svg"))
    .addOption(new Option("--kind <kind...>", "only nodes of these kinds").choices(sceneKinds))
    .option("--service <name...>", "only these services and what touches them")
    .option("--rule <rule...>", "only where these rules have found something")
    .addOption(new Option("--severity <severity>", "only where something at least so severe was found").choices(["error", "warning", "information", "hint"]))
    .option("--focus <name>", "only this node and what is near it")
    .addOption(new Option("--depth <number>", "how near, in connections").argParser(wholeNumber).default(1))
    .option("--out <file>", "file to write (default: print it)")
    .option("--against <file>", "draw nothing; tell what differs from this declared model (.dsl, .c4 or saved .json)")
    .action(async (dir, flags) => conclude(await diagram(dir, flags, output)));

  analysing(faultline.command("explain").description("print a rule's page, or what protects the call on a line").argument("<rule|file:line>"))
    .option("--root <dir>", "folder that holds the services", ".")
    .action(async (subject, flags) => conclude(await explain(subject, flags, output)));

  analysing(faultline.command("fix").description("repair findings whose fix is safe").addArgument(folder()))
    .option("--rule <rule>", "this rule alone")
    .addOption(new Option("--kind <kind>", "review: also fixes in which a value is a guess").choices(fixKinds).default("safe"))
    .option("--apply", "write the repaired files")
    .option("--diff", "show what would be written")
    .action(async (dir, flags) => conclude(await fix(dir, flags, output)));

  faultline
    .command("rules")
    .description("list the rules")
    .action(async () => conclude(await listRules(output)));
  return faultline;
}

/** Options of every command that analyses. */
function analysing(command: Command): Command {
  return command
    .option("--no-cache", "neither read nor write the summary cache")
    .option("--cache-dir <dir>", "where the summary cache lies (default: the user's cache folder)")
    .option("--workers <number>", "threads that parse; 0 for none", wholeNumber)
    .option("--timing", "print how long each stage and rule took");
}

function wholeNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError("A whole number belongs here.");
  return Number(text);
}
