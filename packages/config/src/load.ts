import { readFile } from "node:fs/promises";
import { defaultConfig, type Config } from "./config.ts";
import { namesIn, type Environment } from "./environment.ts";
import { parseConfig, usualFile } from "./parse.ts";
import { ConfigError } from "./problems.ts";
import { checkPublicUrl } from "./public-url.ts";
import { withFiles } from "./secret-files.ts";

export interface Loaded {
  config: Config;
  /** The file that was read; absent when there is none and the default configuration holds. */
  path?: string;
  text?: string;
}

interface Wanted {
  path?: string;
  env: Environment;
  known?: Loaded;
}

/**
 * Reads the configuration: the given path, else STATUSWIRE_CONFIG, else statuswire.yaml here if there is one, else the
 * default. A file that still says what is `known` is not parsed again: thousands of providers take a second.
 * Throws ConfigError when a file that was asked for is not there, or is wrong.
 */
export async function loadConfig({ path, env, known }: Wanted): Promise<Loaded> {
  const wanted = path ?? (env["STATUSWIRE_CONFIG"] || undefined);
  const file = wanted ?? usualFile;
  const text = await readIfThere(file);
  if (known && text !== undefined && text === known.text && file === known.path) return known;
  if (text !== undefined)
    return { config: parseConfig(text, secretsFor(text, env, file), file), path: file, text };
  if (wanted === undefined) return { config: withPublicUrl(env) };
  throw wrong(file, "There is no such file. Create it, or unset STATUSWIRE_CONFIG for the default configuration.");
}

// Without a file there is only the environment to say it.
function withPublicUrl(env: Environment): Config {
  const { publicUrl, issues } = checkPublicUrl(undefined, env);
  const [issue] = issues;
  if (issue) throw wrong(usualFile, issue.message);
  return { ...defaultConfig, publicUrl };
}

function secretsFor(text: string, env: Environment, file: string): Environment {
  try {
    return withFiles(env, namesIn(text));
  } catch (error) {
    throw wrong(file, error instanceof Error ? error.message : String(error));
  }
}

function wrong(file: string, message: string): ConfigError {
  return new ConfigError(file, [{ line: 1, column: 1, path: "", message }]);
}

/** A file's text; undefined when there is no such file. */
export async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT") return undefined;
    throw wrong(
      file,
      `The file cannot be read (${code}). Let the user that runs Statuswire read it (chmod, chown).`,
    );
  }
}

/** Why a file system refused, such as "EACCES". */
function codeOf(error: unknown): string {
  return typeof error === "object" && error !== null && "code" in error ? String(error.code) : String(error);
}
