import { readFile, stat } from "node:fs/promises";
import { formatNamed, formats, snapshotOf } from "@statuswire/adapters";
import { decode } from "@statuswire/outbound";
import { Command } from "commander";
import { asJson } from "../terminal.ts";

interface Options {
  format: string;
  at?: string;
}

/** `statuswire adapt --format F FILE`: what a payload becomes. Also how a fixture's expected snapshot is begun. */
export function adaptCommand(): Command {
  return new Command("adapt")
    .description("Print the snapshot that a payload becomes.")
    .argument("[file]", "the payload; standard input when absent or -")
    .requiredOption("-f, --format <name>", "how the page talks; see `formats`")
    .option(
      "--at <time>",
      "when it was fetched, ISO 8601: the time of whatever carries none (default: when the file was written)",
    )
    .action(adapt);
}

async function adapt(file: string | undefined, options: Options): Promise<void> {
  const format = formatNamed(options.format);
  if (!format)
    throw new Error(
      `There is no format called "${options.format}". There are: ${Object.keys(formats).sort().join(", ")}.`,
    );
  const path = file === "-" ? undefined : file;
  const text = decode(path ? await readFile(path) : await readInput());
  const at = options.at ? new Date(options.at) : path ? (await stat(path)).mtime : new Date();
  if (Number.isNaN(at.getTime()))
    throw new Error(`--at takes a time in ISO 8601, such as 2025-11-03T14:32:00Z, not "${options.at ?? ""}".`);
  process.stdout.write(`${asJson(snapshotOf(format, text, { at: at.toISOString() }), 2)}\n`);
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks);
}
