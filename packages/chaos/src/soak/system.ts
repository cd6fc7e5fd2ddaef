import type { Simulator } from "@statuswire/simulator";
import { readLeases, readPartitionCount } from "@statuswire/queues";
import { createReadings } from "@statuswire/store";
import type { Redis } from "ioredis";
import { isReady, type Part, startPart } from "../rig/part.ts";
import { type Server, startServer } from "../rig/server.ts";
import type { Program } from "../rig/process.ts";
import { dressed } from "../rig/spread.ts";
import type { Stage } from "../rig/stage.ts";
import type { Wanted } from "./arguments.ts";
import type { Target } from "./faults.ts";
import { isPolled, providers } from "./providers.ts";

/** The system under test: one Redis, one ingest, some workers, each a process of its own. */
export interface System {
  server: Server;
  /** A connection of the harness's own. */
  redis: Redis;
  ingest: Part;
  workers: readonly Part[];
  /** Whether every process says that it can work; those that are away at the moment are not asked. */
  isReady(): Promise<boolean>;
}

interface Surroundings {
  simulator: Simulator;
  /** Where events go besides the console. */
  sinkUrl: string;
  workers: number;
  /** Whether each worker works on all partitions, as if there were no other. */
  areSpread: boolean;
  heard(line: string): void;
}

/** Starts the system on a stage; all of it ends with the stage. */
export async function startSystem(
  stage: Stage,
  { simulator, sinkUrl, workers: count, areSpread, heard }: Surroundings,
): Promise<System> {
  const server = await startServer({ dataDir: await stage.folder(), env: stage.env });
  stage.defer(() => server.stop());
  const redis = stage.connect(server.url);
  await leaveUnasked(redis);
  const config = await stage.configure(configuration(simulator, sinkUrl));
  const env = { ...stage.env, REDIS_URL: server.url, STATUSWIRE_CONFIG: config, LOG_FORMAT: "json" };
  const begin = async (name: string, { app, env: own }: Pick<Program, "app" | "env">) => {
    const part = await startPart(name, { app, env: own, heard });
    stage.defer(() => part.stop());
    return part;
  };
  const ingest = await begin("ingest", { app: "ingest", env });
  const workers = await Promise.all(
    Array.from({ length: count }, (_, index) => {
      const program = { app: "worker", env } as const;
      return begin(`worker-${index + 1}`, dressed(program, { index, areSpread }));
    }),
  );
  const parts = [ingest, ...workers];
  return {
    server,
    redis,
    ingest,
    workers,
    isReady: async () =>
      (await Promise.all(parts.filter((part) => part.isUp()).map((part) => isReady(part.url())))).every(Boolean),
  };
}

/** Everything that may be struck, as far as it is wanted. */
export function targetsIn({ server, redis, ingest, workers }: System, faults: Wanted["faults"]): Target[] {
  const { killWorkers, killRedis, killIngest, pause } = faults;
  return [
    ...workers.map((worker) => {
      const { kill, ...target } = targetOf(worker, { isKilled: killWorkers, pause: pause && [11, 14] });
      return { ...target, ...(kill && { kill: { ...kill, ...takingOver(worker, redis) } }) };
    }),
    targetOf(ingest, { isKilled: killIngest, pause: pause && [1, 2] }),
    {
      name: "redis",
      ...(killRedis && { kill: { begin: () => server.kill(), end: () => server.revive() } }),
      ...(pause && {
        pause: { begin: () => signal(server, "SIGSTOP"), end: () => signal(server, "SIGCONT"), seconds: [1, 3] },
      }),
    },
  ];
}

/** Kills a worker, and finds out whether others hold its partitions: the names of workers hold their process's id. */
function takingOver(worker: Part, redis: Redis) {
  let name = /^$/;
  return {
    async begin() {
      name = new RegExp(`-${worker.pid()}-[0-9a-f]+$`);
      await worker.kill();
    },
    async isTakenOver() {
      const { tokens } = await readLeases(redis, await readPartitionCount(redis));
      return !tokens.some((token) => token !== undefined && name.test(token));
    },
  };
}

interface Strikes {
  isKilled: boolean;
  /** For how many seconds; workers for longer than their leases and locks of five seconds. */
  pause: [least: number, most: number] | false;
}

function targetOf(part: Part, { isKilled, pause }: Strikes): Target {
  return {
    name: part.name,
    ...(isKilled && { kill: { begin: () => part.kill(), end: () => part.revive() } }),
    ...(pause && { pause: { begin: () => part.pause(), end: () => part.resume(), seconds: pause } }),
  };
}

function signal(server: Server, name: NodeJS.Signals): void {
  process.kill(server.pid(), name);
}

function configuration(simulator: Simulator, sinkUrl: string): object {
  return {
    providers: providers.map((provider) => ({
      id: provider.id,
      page: isPolled(provider) ? simulator.pageUrl(provider.id) : "http://127.0.0.1:9",
      format: "statuspage",
      every: isPolled(provider) ? 2 : "24h",
    })),
    sinks: { hook: { kind: "webhook", url: sinkUrl } },
    // What becomes of a component is told, whether an incident explains it or not: then each event is for the sink.
    noise: { explained: false },
    outbound: { allowPrivate: true },
  };
}

// Who only pushes has no page, and nobody asks for it.
async function leaveUnasked(redis: Redis): Promise<void> {
  const readings = createReadings(redis);
  const notBefore = Date.now() + 24 * 3600 * 1000;
  const unasked = providers.filter((provider) => !isPolled(provider));
  await Promise.all(unasked.map(({ id }) => readings.note(id, { notBefore })));
}
