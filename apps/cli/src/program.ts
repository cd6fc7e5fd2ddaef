import { Command } from "commander";
import { invocation } from "./invocation.ts";
import type { Environment } from "./redis.ts";

/** Commands under the headings of help. */
export type Groups = Readonly<Record<string, readonly ((env: Environment) => Command)[]>>;

/** `statuswire` with some commands. Parsing rejects with what a command throws, and with CommanderError for wrong usage. */
export function createProgram(groups: Groups, env: Environment): Command {
  const program = new Command(invocation)
    .description("One clean, replayable feed of every incident on the services you depend on.")
    .version("0.1.0")
    .addHelpCommand(
      new Command("help").argument("[command]").description("Show help for a command.").helpGroup("More:"),
    )
    .showSuggestionAfterError();
  for (const [heading, commands] of Object.entries(groups)) {
    for (const command of commands) program.addCommand(command(env).helpGroup(heading));
  }
  throwsForWrongUsage(program);
  return program;
}

// commander hands settings down only to commands that it creates itself.
function throwsForWrongUsage(command: Command): void {
  command.exitOverride().showHelpAfterError(`See: ${pathOf(command)} --help`);
  for (const each of command.commands) throwsForWrongUsage(each);
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
