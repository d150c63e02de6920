import { CommanderError } from "commander";
import type { Output } from "./output.ts";
import { program } from "./program.ts";
import { Refusal, status } from "./status.ts";

/** Runs one command line to its exit status. Whatever goes wrong is told in one sentence. */
export async function run(args: readonly string[], version: string, output: Output): Promise<number> {
  let result: number = status.clean;
  const commands = program(version, output, (concluded) => (result = concluded));
  try {
    await commands.parseAsync(args, { from: "user" });
    return result;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? status.clean : status.usage;
    if (error instanceof Refusal) {
      output.say(`faultline: ${error.message}.`);
      return status.usage;
    }
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    output.say(`faultline: this is a fault of Faultline, not of your code: ${message}`);
    output.say(stack ?? "");
    return status.fault;
  }
}
