import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedRedis, type EmbeddedRedis } from "@statuswire/embedded-redis";
import { Redis } from "ioredis";
import { refuseLeftovers } from "./leftovers.ts";

export interface FreshRedis {
  /** Of the unix socket: `new Redis(path)`. The same for the server's whole life, crashes included. */
  path: string;
  /** A connection that `stop()` closes. */
  connect(): Redis;
  /** Kills the server as a power cut would; clients see it go. */
  crash(): Promise<void>;
  /** Starts it again at the same path, with what was on disk. */
  revive(): Promise<void>;
  /** Ends the server. Throws if the code under test has left a connection open: a worker or a queue not closed. */
  stop(): Promise<void>;
}

/** A Redis server of its own for a test file: empty, on a private socket, in memory unless `appendOnly`. */
export async function freshRedis({ appendOnly = false }: { appendOnly?: boolean } = {}): Promise<FreshRedis> {
  const dataDir = await mkdtemp(join(tmpdir(), "statuswire-test-"));
  const connections: Redis[] = [];
  let server = await start(dataDir, appendOnly);
  let isUp = true;

  return {
    path: server.socketPath,
    connect() {
      const connection = new Redis(server.socketPath, { maxRetriesPerRequest: null });
      // A crash is part of the test; without a listener ioredis prints it.
      connection.on("error", () => undefined);
      connections.push(connection);
      return connection;
    },
    async crash() {
      process.kill(server.pid, "SIGKILL");
      await server.exited;
      isUp = false;
    },
    async revive() {
      server = await start(dataDir, appendOnly);
      isUp = true;
    },
    async stop() {
      for (const connection of connections) connection.disconnect();
      try {
        if (isUp) await refuseLeftovers(server.socketPath);
      } finally {
        await server.stop();
        await rm(dataDir, { recursive: true, force: true });
      }
    },
  };
}

/** Never installs anything: a test run is no place for that, and set-up has done it. */
function start(dataDir: string, appendOnly: boolean): Promise<EmbeddedRedis> {
  const env = { ...process.env, STATUSWIRE_NO_INSTALL: "1" };
  return startEmbeddedRedis({ dataDir, appendOnly, env, report: () => undefined });
}
