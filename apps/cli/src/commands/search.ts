import { searchServices, type Service } from "@statuswire/catalog";
import { Command, InvalidArgumentError } from "commander";
import { ExitError } from "../failed.ts";
import { invocation } from "../invocation.ts";
import type { Environment } from "../redis.ts";
import { lines, print, printJson, type Row, terminalOf } from "../terminal.ts";

interface Options {
  json?: boolean;
  limit: number;
}

/** `statuswire search`: who is in the catalog. */
export function searchCommand(env: Environment): Command {
  return new Command("search")
    .description("Find a service in the catalog, by name, alias, domain or address.")
    .argument("<text...>")
    .option("-n, --limit <number>", "how many at most", positive, 20)
    .option("--json", "a JSON array, all fields")
    .action((words: string[], options: Options) => search(words.join(" "), options, env));
}

function search(text: string, { json = false, limit }: Options, env: Environment): void {
  const found = searchServices(text, limit);
  if (json) printJson(found);
  else print(...lines(found.map(rowOf), terminalOf(env)));
  if (found.length) return;
  const message = `Nothing in the catalog fits "${text}". If you know its status page, try: ${invocation} detect https://…`;
  throw new ExitError(message, { exitCode: 1 });
}

function rowOf({ id, name, page, format, defunct, movedTo }: Service): Row {
  const end = movedTo !== undefined ? `now ${movedTo}` : defunct !== undefined ? "no more" : undefined;
  const isReadable = format !== undefined && end === undefined;
  return {
    symbol: isReadable ? "✓" : "?",
    tone: isReadable ? "good" : "quiet",
    cells: [id, name, end ?? format ?? "format unknown", page],
  };
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("Give a whole number from 1.");
  return number;
}
