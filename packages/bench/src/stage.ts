import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedRedis } from "@statuswire/embedded-redis";
import { Redis } from "ioredis";
import { stringify } from "yaml";
import { type Program, type Running, start } from "./program.ts";

/** What every stage of a run of the benchmark shares. */
export interface Properties {
  /** Shorter runs and smaller numbers: to see that it works, not to be quoted. */
  quick: boolean;
  /** What programs get to know of the environment. */
  env: NodeJS.ProcessEnv;
  /** Rejects when a person wants no more of it. */
  interrupted: Promise<never>;
  /** Where our processes leave profiles of their processor time, if anywhere. */
  profiles?: string;
}

/** A private Redis server whose every acknowledged write is on disk. */
export interface Server {
  /** `REDIS_URL` for our processes: a unix socket. */
  url: string;
  pid: number;
  /** A connection that the stage closes. */
  redis: Redis;
}

/** Where one run takes place. Whatever is started on it has ended when the run has. */
export interface Stage extends Properties {
  redis(): Promise<Server>;
  run(program: Program): Promise<Running>;
  /** A folder that is gone afterwards. */
  folder(): Promise<string>;
  /** Writes a statuswire.yaml, and returns its path. */
  configure(config: object): Promise<string>;
  /** Has something ended with the stage; the last first. */
  defer(end: () => Promise<unknown>): void;
}

/** Sets a stage, performs on it, and clears it, however the performance ends. */
export async function withStage<Outcome>(
  properties: Properties,
  perform: (stage: Stage) => Promise<Outcome>,
): Promise<Outcome> {
  const ends: (() => Promise<unknown>)[] = [];
  const stage = createStage(properties, (end) => void ends.push(end));
  try {
    return await Promise.race([perform(stage), properties.interrupted]);
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

function createStage(properties: Properties, defer: Stage["defer"]): Stage {
  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), "statuswire-bench-"));
    defer(() => rm(path, { recursive: true, force: true }));
    return path;
  }

  return {
    ...properties,
    defer,
    folder,
    async redis() {
      const env = { ...properties.env, STATUSWIRE_NO_INSTALL: "1" };
      const server = await startEmbeddedRedis({ dataDir: await folder(), env, report: () => undefined });
      defer(() => server.stop());
      const redis = new Redis(server.socketPath, { maxRetriesPerRequest: null });
      defer(async () => redis.disconnect());
      return { url: server.socketPath, pid: server.pid, redis };
    },
    async run(program) {
      const running = await start({ ...program, env: { ...properties.env, ...program.env } });
      defer(() => running.stop());
      return running;
    },
    async configure(config) {
      const file = join(await folder(), "statuswire.yaml");
      await writeFile(file, stringify(config));
      return file;
    },
  };
}
