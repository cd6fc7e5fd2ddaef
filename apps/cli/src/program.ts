import { Command } from "commander";
import { adaptCommand } from "./commands/adapt.ts";
import { addCommand } from "./commands/add.ts";
import { checkCommand } from "./commands/check.ts";
import { deadLettersCommand } from "./commands/dead-letters.ts";
import { detectCommand } from "./commands/detect.ts";
import { eventsCommand } from "./commands/events.ts";
import { explainCommand } from "./commands/explain.ts";
import { formatsCommand } from "./commands/formats.ts";
import { listCommand } from "./commands/list.ts";
import { previewCommand } from "./commands/preview.ts";
import { removeCommand } from "./commands/remove.ts";
import { replayCommand } from "./commands/replay.ts";
import { routesCommand } from "./commands/routes.ts";
import { searchCommand } from "./commands/search.ts";
import { sinksCommand } from "./commands/sinks.ts";
import { statusCommand } from "./commands/status.ts";
import { testAlertCommand } from "./commands/test-alert.ts";
import { upCommand } from "./commands/up.ts";
import type { Environment } from "./redis.ts";

// The order in which help lists them.
const groups = {
  "Look:": [statusCommand, eventsCommand, explainCommand],
  "Choose what to watch:": [searchCommand, addCommand, removeCommand, listCommand, detectCommand, checkCommand],
  "Choose who is told:": [routesCommand, sinksCommand, previewCommand, testAlertCommand],
  "Run and mend:": [upCommand, replayCommand, deadLettersCommand],
  "Understand formats:": [formatsCommand, adaptCommand],
} as const;

/** `statuswire` with all its commands. Parsing rejects with what a command throws, and with CommanderError for wrong usage. */
export function createProgram(env: Environment): Command {
  const program = new Command("statuswire")
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
