import { nearest } from "@statuswire/catalog";
import { parseConfig, removeProviders } from "@statuswire/config";
import { Command } from "commander";
import { ExitError } from "../failed.ts";
import { invocation } from "../invocation.ts";
import type { Environment } from "../redis.ts";
import { print, printJson } from "../terminal.ts";
import { writeConfig } from "../write-config.ts";

interface Options {
  json?: boolean;
}

/** `statuswire remove`: no longer watch somebody. */
export function removeCommand(env: Environment): Command {
  return new Command("remove")
    .description("Take providers out of statuswire.yaml; every comment stays.")
    .argument("<ids...>", "ids, as `list` shows them; a known service's name will do")
    .option("--json", "one JSON object")
    .action((ids: string[], options: Options) => remove(ids, options, env));
}

async function remove(ids: string[], { json = false }: Options, env: Environment): Promise<void> {
  const { path } = await writeConfig(env, (text) => withoutAll(text, ids));
  if (json) printJson({ file: path, removed: ids });
  else print(...ids.map((id) => `- ${id}`));
}

/** The text without any of them. Throws an error that names all who were not there. */
function withoutAll(text: string, ids: readonly string[]): string {
  const whole = removeProviders(text, []);
  const unknown = ids.filter((id) => removeProviders(whole, [id]) === whole);
  if (unknown.length) throw new ExitError(unknown.map((id) => nobody(id, whole)).join("\n"), { exitCode: 1 });
  return removeProviders(whole, ids);
}

function nobody(id: string, text: string): string {
  const meant = nearest(id, idsIn(text));
  const help = meant === undefined ? `See: ${invocation} list` : `Did you mean "${meant}"?`;
  return `Nobody called "${id}" is watched. ${help}`;
}

// Only for a suggestion: a file with mistakes elsewhere can be edited all the same.
function idsIn(text: string): string[] {
  try {
    return parseConfig(text, {}).providers.map(({ id }) => id);
  } catch {
    return [];
  }
}
