import { Redis } from "ioredis";
import { waitUntil } from "./wait-until.ts";

/** Throws when a server that is about to stop still has clients, other than the one that asks. */
export async function refuseLeftovers(path: string): Promise<void> {
  const redis = new Redis(path, { retryStrategy: () => null, maxRetriesPerRequest: 0 });
  redis.on("error", () => undefined);
  try {
    // A client that has just been closed may still be listed.
    await waitUntil("every client to be gone", async () => (await clientsOf(redis)).length === 0);
  } catch {
    throw new Error(
      `Left open at the end of the test file: ${await describe(redis)}. Close it in afterEach or afterAll.`,
    );
  } finally {
    redis.disconnect();
  }
}

async function clientsOf(redis: Redis): Promise<string[]> {
  const own = String(await redis.client("ID"));
  const list = String(await redis.client("LIST"));
  return list
    .trim()
    .split("\n")
    .filter((line) => !line.startsWith(`id=${own} `));
}

async function describe(redis: Redis): Promise<string> {
  const clients = await clientsOf(redis);
  const named = clients.map((line) => {
    const [, name, command] = /name=(\S*).* cmd=(\S+)/.exec(line) ?? [];
    return `${name || "a connection without a name"} (last command: ${command ?? "unknown"})`;
  });
  return named.join(", ");
}
