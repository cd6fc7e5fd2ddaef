import { ConfigError, configPath, loadConfig } from "@statuswire/config";
import { Command } from "commander";
import type { Environment } from "../redis.ts";
import { print, printJson } from "../terminal.ts";

interface Options {
  json?: boolean;
}

/** `statuswire check`: whether the configuration is right, without starting anything. */
export function checkCommand(env: Environment): Command {
  return new Command("check")
    .description("Check the configuration. Exit code 1, and every mistake by line and column, when it is wrong.")
    .argument("[file]", "default: STATUSWIRE_CONFIG, else statuswire.yaml")
    .option("--json", "one JSON object")
    .action((file: string | undefined, options: Options) => check(file, options, env));
}

async function check(file: string | undefined, { json = false }: Options, env: Environment): Promise<void> {
  try {
    const { config, path } = await loadConfig({ env, ...(file !== undefined && { path: file }) });
    const count = config.providers.length;
    const { publicUrl } = config;
    if (json)
      printJson({ ok: true, file: path ?? null, providers: count, publicUrl: publicUrl ?? null, problems: [] });
    else {
      print(
        `✓ ${path ?? "No statuswire.yaml here: the default"} is right: ${count} provider${count === 1 ? "" : "s"}.`,
      );
      print(
        publicUrl === undefined
          ? "· Messages do not link to the dashboard: set PUBLIC_URL, or publicUrl in statuswire.yaml, to its address."
          : `· Messages link to the dashboard at ${publicUrl}.`,
      );
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    if (json) printJson({ ok: false, file: file ?? configPath(env), problems: error.problems });
    else print(error.message);
    process.exitCode = 1;
  }
}
