import { readFileSync } from "node:fs";
import type { Environment } from "./environment.ts";

/**
 * The environment, with those of these variables that are not set read from the file that `NAME_FILE` names: how secrets are
 * mounted. Throws an Error that names the variable whose file can't be read.
 */
export function withFiles(env: Environment, names: readonly string[]): Environment {
  const read = names.flatMap((name): [string, string][] => {
    const path = env[`${name}_FILE`];
    return path && !env[name] ? [[name, contentOf(path, name)]] : [];
  });
  return { ...env, ...Object.fromEntries(read) };
}

function contentOf(path: string, name: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    throw new Error(`${name}_FILE names "${path}", which cannot be read. Correct the path or its rights.`, {
      cause: error,
    });
  }
}
