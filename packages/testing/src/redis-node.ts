import { Redis } from "ioredis";
import { type Guard, guardSettings } from "./guard.ts";
import { freePort, redisServer, type RedisServer } from "./redis-server.ts";
import { waitUntil } from "./wait-until.ts";

/** A Redis on a TCP port of this machine. */
export interface RedisNode extends RedisServer {
  /** Where others reach it. */
  port: number;
  url: string;
  /** For whoever sets it up. */
  admin: Redis;
}

const startMs = 30_000;

/** Starts one whose other settings are `settings`; a sentinel, too. One that is guarded is reached by others over TLS alone. */
export async function startNode(
  settings: readonly string[],
  env: NodeJS.ProcessEnv,
  guard?: Guard,
): Promise<RedisNode> {
  const plainPort = await freePort();
  const port = guard ? await freePort() : plainPort;
  const guarded = guard ? guardSettings(port, guard) : [];
  const server = await redisServer(
    [...settings, ...guarded, "--port", String(plainPort), "--bind", "127.0.0.1"],
    env,
  );
  const admin = new Redis(plainPort, "127.0.0.1", {
    ...(guard && { password: guard.password }),
    ...{ retryStrategy: () => 100, enableReadyCheck: false },
  });
  // It may be killed or held; without a listener ioredis prints it.
  admin.on("error", () => undefined);
  await waitUntil("a Redis to stand", () => admin.ping(), startMs);
  return {
    ...server,
    ...{ port, url: `redis://127.0.0.1:${port}`, admin },
    async stop() {
      admin.disconnect();
      await server.stop();
    },
  };
}

/** As docs/redis.md says that servers be set up of which one may take over from another. */
export const replicatedSettings: readonly string[] = [
  ...["--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction"],
  ...["--min-replicas-to-write", "1", "--min-replicas-max-lag", "10", "--repl-diskless-sync-delay", "0"],
];

/** Makes nodes follow another, and waits until they have all that it has. */
export async function follow(
  replicas: readonly RedisNode[],
  command: (node: RedisNode) => Promise<unknown>,
): Promise<void> {
  await Promise.all(replicas.map(command));
  await waitUntil("every replica to follow", () => every(replicas, isFollowing), startMs);
}

async function isFollowing({ admin }: RedisNode): Promise<boolean> {
  return (await admin.info("replication")).includes("master_link_status:up");
}

/** Whether something holds for every node. */
export async function every(
  nodes: readonly RedisNode[],
  holds: (node: RedisNode) => Promise<boolean>,
): Promise<boolean> {
  return (await Promise.all(nodes.map(holds))).every(Boolean);
}
