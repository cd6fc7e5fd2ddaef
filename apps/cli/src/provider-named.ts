import { nearest } from "@statuswire/catalog";
import { ConfigError, loadConfig } from "@statuswire/config";
import { createLog, createStore } from "@statuswire/store";
import type { Redis } from "ioredis";
import { ExitError, wrongUsage } from "./failed.ts";
import { everything } from "./past.ts";
import type { Environment } from "./redis.ts";

/**
 * The id of a provider that is configured, or of which something was recorded; named by its id or its name. Throws an
 * ExitError for wrong usage that says which is nearest.
 */
export async function providerNamed(text: string, redis: Redis, env: Environment): Promise<string> {
  const wanted = text.toLowerCase();
  const configured = await configuredNames(env);
  const known = await createStore(redis).providers();
  const found = configured.get(wanted) ?? known.find((id) => id === wanted);
  if (found !== undefined) return found;
  // A provider that was removed is in the log only. Reading all of it takes a while, so it comes last.
  const recorded = new Set((await everything(createLog(redis))).map(({ provider }) => provider));
  if (recorded.has(wanted)) return wanted;
  const meant = nearest(wanted, [...configured.keys(), ...known, ...recorded]);
  const help = meant === undefined ? "" : ` Did you mean "${meant}"?`;
  throw new ExitError(`No provider is called "${text}".${help}`, { exitCode: wrongUsage });
}

/** The ids of the configured providers, by id and by name. A file with mistakes does not keep the log from being read. */
async function configuredNames(env: Environment): Promise<ReadonlyMap<string, string>> {
  try {
    const { config } = await loadConfig({ env });
    const named = config.providers.map(({ id, name }) => [name.toLowerCase(), id] as const);
    return new Map([...named, ...config.providers.map(({ id }) => [id, id] as const)]);
  } catch (error) {
    if (error instanceof ConfigError) return new Map();
    throw error;
  }
}
