import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@statuswire/queues";
import type { Redis } from "ioredis";
import { stringify } from "yaml";

/** Where one run takes place. Whatever is started on it has ended when the run has. */
export interface Stage {
  /** What programs get to know of the environment. */
  env: NodeJS.ProcessEnv;
  /** A folder that is gone afterwards. */
  folder(): Promise<string>;
  /** Writes a statuswire.yaml, and returns its path. */
  configure(config: object): Promise<string>;
  /** A connection to what a `REDIS_URL` names, which waits for it for as long as it takes. */
  connect(url: string): Redis;
  /** Has something ended with the stage; the last first. */
  defer(end: () => Promise<unknown>): void;
}

export interface Properties {
  env: NodeJS.ProcessEnv;
  /** Rejects when a person wants no more of it. */
  interrupted: Promise<never>;
}

/** Sets a stage, performs on it, and clears it, however the performance ends. */
export async function withStage<Outcome>(
  { env, interrupted }: Properties,
  perform: (stage: Stage) => Promise<Outcome>,
): Promise<Outcome> {
  const ends: (() => Promise<unknown>)[] = [];
  let isCleared = false;
  const stage = createStage(env, (end) => {
    // What an interrupted performance still starts is ended at once.
    if (isCleared) end().catch(() => undefined);
    else ends.push(end);
  });
  const performing = perform(stage);
  // Interrupted, it fails somewhere later; nobody is left to hear of it.
  performing.catch(() => undefined);
  try {
    return await Promise.race([performing, interrupted]);
  } finally {
    isCleared = true;
    for (const end of ends.reverse()) await end().catch(() => undefined);
  }
}

function createStage(env: NodeJS.ProcessEnv, defer: Stage["defer"]): Stage {
  async function folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), "statuswire-chaos-"));
    defer(() => rm(path, { recursive: true, force: true }));
    return path;
  }

  return {
    env,
    defer,
    folder,
    connect(url) {
      const redis = connect(url, "worker");
      redis.on("error", () => undefined);
      defer(async () => redis.disconnect());
      return redis;
    },
    async configure(config) {
      const file = join(await folder(), "statuswire.yaml");
      await writeFile(file, stringify(config));
      return file;
    },
  };
}
