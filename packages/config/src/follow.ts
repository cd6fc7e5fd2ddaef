import type { Config } from "./config.ts";
import type { Environment } from "./environment.ts";
import { loadConfig } from "./load.ts";
import { ConfigError } from "./problems.ts";

/** A configuration that may change while we run. */
export interface Follower {
  /** What is in force. A file with mistakes never is. */
  current(): Config;
  /**
   * Reads the file again: the new configuration when it says something else now. Throws ConfigError when it has mistakes,
   * once for each text; what was in force stays so.
   */
  refresh(): Promise<Config | undefined>;
  /** Why the file, as it was when last read, is not in force; undefined when it is. */
  rejected(): ConfigError | undefined;
}

/** Reads the configuration and follows it from there. Throws ConfigError when it has mistakes to begin with. */
export async function followConfig(env: Environment): Promise<Follower> {
  let inForce = await loadConfig({ env });
  let rejected: ConfigError | undefined;

  return {
    current: () => inForce.config,
    rejected: () => rejected,
    async refresh() {
      try {
        const read = await loadConfig({ env, known: inForce });
        // Editors replace a file by removing it first; without it, the default would come into force for a moment.
        if (read.text === undefined && inForce.path !== undefined) throw gone(inForce.path);
        rejected = undefined;
        if (read.text === inForce.text) return undefined;
        inForce = read;
        return read.config;
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        const isTold = error.message === rejected?.message;
        rejected = error;
        if (isTold) return undefined;
        throw error;
      }
    },
  };
}

function gone(path: string): ConfigError {
  return new ConfigError(path, [{ line: 1, column: 1, path: "", message: "The file is gone." }]);
}
