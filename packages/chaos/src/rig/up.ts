import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { layPathOver, type Path } from "./path.ts";
import { start } from "./process.ts";
import { startServer } from "./server.ts";
import type { Stage } from "./stage.ts";

/** `statuswire up`, with an embedded Redis in a data folder of its own. */
export interface Up {
  /** Where its ingest listens. */
  url: string;
  path: Path;
  /** The process of its Redis, as the data folder names it; undefined until it is ready. */
  redisPid(): Promise<number | undefined>;
  /** SIGSTOP to `up` alone: its children run on. */
  pause(): void;
}

/** Starts `statuswire up` on ports of its own, with these sinks. It ends with the stage. */
export async function startUp(stage: Stage, sinks: object): Promise<Up> {
  const dataDir = await stage.folder();
  const path = await prepare(stage, dataDir, sinks);
  const { env, heard } = path.worker();
  const up = await start({
    app: "statuswire",
    args: ["up"],
    env: { ...env, ...ownPorts, ...ownRedis, STATUSWIRE_DATA: dataDir, STATUSWIRE_NO_INSTALL: "1" },
    urlIn: ingestIn,
    ...(heard && { heard }),
  });
  stage.defer(() => up.stop());
  return {
    url: up.url,
    path,
    redisPid: () => pidIn(dataDir),
    pause: () => up.signal("SIGSTOP"),
  };
}

/** Free ones. */
const ownPorts = { INGEST_PORT: "0", DASHBOARD_PORT: "0", WORKER_PORT: "0" };

/** With one of these, `up` starts no Redis. */
const ownRedis = { REDIS_URL: undefined, REDIS_URL_FILE: undefined };

/** Notes in the data folder that no page is to be polled: by a Redis that has ended before `up` starts its own there. */
async function prepare(stage: Stage, dataDir: string, sinks: object): Promise<Path> {
  const server = await startServer({ dataDir, env: stage.env });
  stage.defer(() => server.stop());
  const path = await layPathOver(server.url, stage, { sinks });
  await server.stop();
  return path;
}

// `up` names it once all of its processes are ready.
function ingestIn(line: string): string | undefined {
  return /POST (http:\S+)\/webhooks\//.exec(line)?.[1];
}

// `PID-BIRTH OWNER RUN`; a server that is not ready has "-" for its run.
async function pidIn(dataDir: string): Promise<number | undefined> {
  const record = await readFile(join(dataDir, "redis.owner"), "utf8").catch(() => "");
  const pid = /^(\d+)-\d+ \S+ \w+\n$/.exec(record)?.[1];
  return pid === undefined ? undefined : Number(pid);
}
