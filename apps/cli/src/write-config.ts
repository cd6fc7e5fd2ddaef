import { configPath, type Edited, editConfigFile } from "@statuswire/config";
import type { Environment } from "./redis.ts";

const refusals = new Set(["EACCES", "EPERM", "EROFS"]);

/** Edits the configuration file. Throws an error that says what to do when the file cannot be written. */
export async function writeConfig(env: Environment, edit: (text: string) => string): Promise<Edited> {
  try {
    return await editConfigFile(env, edit);
  } catch (error) {
    const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
    if (!refusals.has(code)) throw error;
    const path = configPath(env);
    throw new Error(
      `${path} cannot be written (${code}); nothing was changed. Make it writable, or edit it where it is mounted from.`,
      { cause: error },
    );
  }
}
