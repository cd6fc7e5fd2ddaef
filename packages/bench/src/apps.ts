import { app, type Running } from "./program.ts";
import { untilReady } from "./ready.ts";
import type { Stage } from "./stage.ts";

interface Surroundings {
  /** `REDIS_URL`. */
  url: string;
  /** Takes the worker's stdout: the events, one JSON object a line. */
  heard?(text: string): void;
}

/** The real ingest, as a process of its own on a free port. */
export async function startIngest(stage: Stage, { url }: Surroundings): Promise<Running> {
  const env = { REDIS_URL: url, INGEST_PORT: "0", STATUSWIRE_CONFIG: await stage.configure({}) };
  return untilItIsReady(stage.run({ script: app("ingest"), env, ...profiled(stage) }));
}

/** The real worker, as a process of its own on a free port, with a configuration. */
export async function startWorker(stage: Stage, { url, heard }: Surroundings, config: object): Promise<Running> {
  const env = {
    REDIS_URL: url,
    WORKER_PORT: "0",
    LOG_FORMAT: "json",
    STATUSWIRE_CONFIG: await stage.configure(config),
  };
  return untilItIsReady(stage.run({ script: app("worker"), env, ...profiled(stage), ...(heard && { heard }) }));
}

/** The real dashboard, as a process of its own on a free port. */
export async function startDashboard(stage: Stage, { url }: Surroundings): Promise<Running> {
  const env = { REDIS_URL: url, DASHBOARD_PORT: "0", STATUSWIRE_CONFIG: await stage.configure({}) };
  return untilItIsReady(stage.run({ script: app("dashboard"), env, ...profiled(stage) }));
}

function profiled({ profiles }: Stage): { profiles?: string } {
  return profiles === undefined ? {} : { profiles };
}

async function untilItIsReady(starting: Promise<Running>): Promise<Running> {
  const running = await starting;
  await untilReady(running.url);
  return running;
}
