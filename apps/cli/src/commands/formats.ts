import { formats } from "@statuswire/adapters";
import { Command } from "commander";

/** `statuswire formats`: what pages we can read. */
export function formatsCommand(): Command {
  return new Command("formats").description("List the status-page formats that can be read.").action(() => {
    process.stdout.write(`${Object.keys(formats).sort().join("\n")}\n`);
  });
}
