import { acquireRedis, installCommand, type Means } from "./acquire.ts";
import { RedisMissingError } from "./errors.ts";
import { findRedis, type RedisBinary } from "./find.ts";

/**
 * A Redis server on this machine: found, else installed.
 *
 * @throws RedisMissingError naming the one command that gets one.
 */
export async function ensureRedis(means: Means): Promise<RedisBinary> {
  const first = await findRedis(means);
  if (first.binary) return first.binary;

  const { binary, refused } = (await acquireRedis(means)) ? await findRedis(means) : first;
  if (binary) return binary;
  throw new RedisMissingError(await explain(refused, means.env));
}

async function explain(refused: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return [
    "No Redis server (redis-server or valkey-server, 6.2 or newer) was found.",
    ...refused.map((reason) => `  - ${reason}`),
    `Install one:  ${await installCommand(env)}`,
    "Or name one that is running:  REDIS_URL=redis://host:6379",
  ].join("\n");
}
