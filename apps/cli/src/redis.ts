import { resolve } from "node:path";
import { startEmbeddedRedis } from "@statuswire/embedded-redis";
import type { Redis } from "ioredis";

export type Environment = NodeJS.ProcessEnv;

/** A Redis to work with, and how to let it go. */
export interface Lent {
  /** `REDIS_URL` for a process of ours. */
  url: string;
  release(): Promise<void>;
}

/** The embedded Redis, running. */
export interface StartedRedis extends Lent {
  /** Resolves when it has ended, asked or not, with its exit code where that is known. */
  lost: Promise<number | undefined>;
}

/** Where the embedded Redis keeps its data, unless told otherwise. */
export function dataDir(env: Environment): string {
  return resolve(env["STATUSWIRE_DATA"] || ".statuswire");
}

/** The Redis of `REDIS_URL` (or `REDIS_URL_FILE`), else the embedded one of the data folder: attached to when it runs, started when it doesn't. */
async function borrowRedis(env: Environment, dir = dataDir(env)): Promise<Lent> {
  const url = await urlIn(env);
  return url === undefined ? startRedis(env, dir) : { url, release: async () => undefined };
}

/** The embedded Redis of a data folder: attached to when it runs, started when it doesn't. */
export async function startRedis(env: Environment, dir: string): Promise<StartedRedis> {
  const report = (message: string) => process.stderr.write(`statuswire: ${message}\n`);
  const redis = await startEmbeddedRedis({ dataDir: dir, env, report });
  return {
    url: redis.socketPath,
    release: () => redis.stop(),
    lost: redis.exited.then(({ code }) => code),
  };
}

/** Runs a command's work on a connection to that Redis, and lets both go afterwards. */
export async function withRedis(env: Environment, work: (redis: Redis) => Promise<void>): Promise<void> {
  const { connect } = await import("@statuswire/queues");
  const lent = await borrowRedis(env);
  const redis = connect(lent.url, "reader");
  const refused = new Promise<never>((_resolve, reject) =>
    redis.once("error", (error) => {
      reject(noAnswer(error));
      // At once: from what is disconnected between two tries to connect, whoever waits hears nothing for five seconds more.
      redis.disconnect();
    }),
  );
  try {
    await Promise.race([work(redis), refused]);
  } finally {
    redis.disconnect();
    await lent.release();
  }
}

// Loaded only where they are needed: `up` waits for neither the configuration's vocabulary nor BullMQ.
/** The Redis that the environment names; undefined when it names none. */
export async function urlIn(env: Environment): Promise<string | undefined> {
  if (!env["REDIS_URL"] && !env["REDIS_URL_FILE"]) return undefined;
  const { withFiles } = await import("@statuswire/config");
  return withFiles(env, ["REDIS_URL"])["REDIS_URL"] || undefined;
}

function noAnswer(cause: Error): Error {
  return new Error(`Redis does not answer. Is REDIS_URL right, and is it running? (${cause.message})`, { cause });
}
