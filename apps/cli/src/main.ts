#!/usr/bin/env node
import { failed } from "./failed.ts";
import { createProgram, type Groups } from "./program.ts";

// `statuswire events | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

// Whoever starts everything does not wait for what only other commands need: that takes as long as all the rest.
async function commandsFor(name: string | undefined): Promise<Groups> {
  if (name === "up") return { "Run and mend:": [(await import("./commands/up.ts")).upCommand] };
  return (await import("./commands.ts")).commands;
}

commandsFor(process.argv[2])
  .then((commands) => createProgram(commands, process.env).parseAsync())
  .catch(failed);
