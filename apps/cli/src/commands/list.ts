import { loadConfig, type Provider } from "@statuswire/config";
import { Command } from "commander";
import { invocation } from "../invocation.ts";
import type { Environment } from "../redis.ts";
import { lines, mention, print, printJson, type Row, terminalOf } from "../terminal.ts";

interface Options {
  json?: boolean;
}

/** `statuswire list`: what is watched. */
export function listCommand(env: Environment): Command {
  return new Command("list")
    .description("List what is watched: the providers of statuswire.yaml.")
    .option("--json", "a JSON array, all fields")
    .action((options: Options) => list(options, env));
}

async function list({ json = false }: Options, env: Environment): Promise<void> {
  const { config, path } = await loadConfig({ env });
  if (json) printJson(config.providers);
  else print(...lines(config.providers.map(rowOf), terminalOf(env)));
  if (path === undefined)
    mention(`There is no statuswire.yaml here, so this is the default. Change it with: ${invocation} add …`);
  else if (!config.providers.length) mention(`${path} lists nobody. Add a service with: ${invocation} add …`);
}

function rowOf({ id, name, format, guessed, everySeconds, page }: Provider): Row {
  const spoken = guessed ? `${format}?` : format;
  return {
    symbol: guessed ? "?" : "✓",
    tone: guessed ? "quiet" : "good",
    cells: [id, name, spoken, `every ${everySeconds} s`, page],
  };
}
