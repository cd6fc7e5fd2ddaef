import { type EmbeddedRedis, type EmbeddedRedisOptions, startEmbeddedRedis } from "@statuswire/embedded-redis";

/** A Redis server with the settings of the embedded one, at the same socket for its whole life, deaths included. */
export interface Server {
  /** `REDIS_URL` for our processes: a unix socket. */
  url: string;
  pid(): number;
  /** Resolves when it has ended, for whatever reason. */
  ended(): Promise<unknown>;
  /** SIGKILL; resolves when it has gone. */
  kill(): Promise<void>;
  /** Starts it again with what is on disk. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

type Settings = Pick<EmbeddedRedisOptions, "dataDir" | "fsync" | "appendOnly" | "env">;

/** Starts a server on a folder. It is never installed here: a check is no place for that. */
export async function startServer({ env, ...settings }: Settings): Promise<Server> {
  const begin = (): Promise<EmbeddedRedis> =>
    startEmbeddedRedis({ ...settings, env: { ...env, STATUSWIRE_NO_INSTALL: "1" }, report: () => undefined });
  let server = await begin();
  return {
    url: server.socketPath,
    pid: () => server.pid,
    ended: () => server.exited,
    async kill() {
      process.kill(server.pid, "SIGKILL");
      await server.exited;
    },
    async revive() {
      server = await begin();
    },
    stop: () => server.stop(),
  };
}
