#!/usr/bin/env node
import { Command } from "commander";
import { adaptCommand } from "./commands/adapt.ts";
import { deadLettersCommand } from "./commands/dead-letters.ts";
import { eventsCommand } from "./commands/events.ts";
import { formatsCommand } from "./commands/formats.ts";
import { upCommand } from "./commands/up.ts";
import { failed } from "./failed.ts";

// `statuswire events | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const program = new Command("statuswire")
  .description("One clean, replayable feed of every incident on the services you depend on.")
  .version("0.1.0")
  .showHelpAfterError()
  .showSuggestionAfterError();
for (const command of [upCommand, eventsCommand, deadLettersCommand, adaptCommand, formatsCommand]) {
  program.addCommand(command(process.env));
}

program.parseAsync().catch(failed);
