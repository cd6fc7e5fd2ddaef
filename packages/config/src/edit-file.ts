import { realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Environment } from "./environment.ts";
import { readIfThere } from "./load.ts";
import { parseConfig, usualFile } from "./parse.ts";
import { ConfigError, type Problem } from "./problems.ts";

/** What came of an edit. */
export interface Edited {
  path: string;
  isNew: boolean;
}

/**
 * Changes the text of the configuration file, and creates the file when there is none. Throws ConfigError, and leaves the
 * file as it is, when the change would bring mistakes that were not there before.
 */
export async function editConfigFile(env: Environment, edit: (text: string) => string): Promise<Edited> {
  const path = configPath(env);
  const before = await readIfThere(path);
  const after = edit(before ?? firstLine(path));
  refuseNewMistakes({ path, env }, before ?? "", after);
  if (after !== before) await replace(path, after);
  return { path, isNew: before === undefined };
}

/** The configuration file: STATUSWIRE_CONFIG, else statuswire.yaml here. */
export function configPath(env: Environment): string {
  return env["STATUSWIRE_CONFIG"] || usualFile;
}

// Editors that know YAML take the schema from this line: completion, and mistakes underlined.
function firstLine(path: string): string {
  const schema = fileURLToPath(new URL("../dist/statuswire.schema.json", import.meta.url));
  const from = relative(dirname(resolve(path)), schema);
  return `# yaml-language-server: $schema=${from.startsWith(".") ? from : `./${from}`}\n`;
}

function refuseNewMistakes(
  { path, env }: { path: string; env: Environment },
  before: string,
  after: string,
): void {
  const known = new Set(mistakes(before, env).map(({ message }) => message));
  const fresh = mistakes(after, env).filter(({ message }) => !known.has(message));
  if (fresh.length) throw new ConfigError(`Nothing was written. ${path}`, fresh);
}

function mistakes(text: string, env: Environment): readonly Problem[] {
  try {
    parseConfig(text, env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

// A running system follows this file: it must never see half of it.
async function replace(path: string, text: string): Promise<void> {
  const target = await realpath(path).catch(() => resolve(path));
  const beside = `${target}.${process.pid}.tmp`;
  const mode = await stat(target).then(
    (found) => found.mode,
    () => 0o644,
  );
  try {
    await writeFile(beside, text, { mode });
    await rename(beside, target);
  } catch {
    // A file that is mounted by itself can't be replaced, and its folder may not be ours.
    await rm(beside, { force: true });
    await writeFile(target, text);
  }
}
