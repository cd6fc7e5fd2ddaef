import { asError } from "@statuswire/status";
import { createJournal, type Tell } from "@statuswire/telemetry";
import type { RedisPlace } from "./environment.ts";
import { startWatchdog } from "./watchdog.ts";

/** What runs and can be asked to stop. */
export interface Running {
  /** Takes no new work, finishes or hands back what runs, closes everything. */
  stop(): Promise<void>;
}

/** A running process of ours that listens. */
export interface Service extends Running {
  url: string;
}

/** What every process of ours is told, whatever else. */
export interface Commons {
  graceMs: number;
  /** For how long the event loop may stand still; 0: for ever. */
  watchdogSeconds: number;
  log: { level: string };
  redis?: RedisPlace;
}

interface Definition<Config extends Commons> {
  name: string;
  /** Reads the environment; throws when it is wrong. */
  read(): Config;
  start(config: Config, tell: Tell): Promise<Running & Partial<Service>>;
}

interface Stopping {
  tell: Tell;
  /** How long stopping may take, in ms, before what is left is abandoned to others. */
  graceMs: number;
}

/** Starts a service and keeps it until it is told to stop. Exit code 0 after a clean stop, 1 otherwise. */
export async function run<Config extends Commons>({ name, read, start }: Definition<Config>): Promise<void> {
  let tell = createJournal({ service: name });
  process.on("unhandledRejection", (error) => fail(tell, error));
  process.on("uncaughtException", (error) => fail(tell, error));
  try {
    const config = read();
    tell = createJournal({ service: name, level: config.log.level });
    if (config.redis?.isAssumed) tell("redis.assumed", { url: config.redis.url });
    startWatchdog(name, config.watchdogSeconds);
    const starting = start(config, tell);
    onFirstSignal(() => void stop(starting, { tell, graceMs: config.graceMs }));
    const { url } = await starting;
    tell("process.started", { url, pid: process.pid });
    // To a parent that has just gone, nothing can be said; its going is our signal to stop.
    if (process.connected) process.send?.({ ready: true, url }, undefined, undefined, () => undefined);
  } catch (error) {
    fail(tell, error);
  }
}

async function stop(starting: Promise<Running>, { tell, graceMs }: Stopping): Promise<void> {
  tell("process.stopping");
  const deadline = setTimeout(() => {
    tell("process.gave_up", { graceMs });
    process.exit(1);
  }, graceMs);
  try {
    await (await starting).stop();
    tell("process.stopped");
    // Nothing should be left to wait for; if something is, the deadline holds.
    deadline.unref();
    setTimeout(endUnlessOpen, lingerMs).unref();
    if (process.connected) process.disconnect();
  } catch (error) {
    fail(tell, error);
  }
}

const lingerMs = 500;
/** Timers, and the standard streams. */
const harmless = new Set(["Timeout", "Immediate", "PipeWrap", "TTYWrap"]);

// Where Redis is away, BullMQ 6.7.0 leaves timers of five seconds behind, for which nobody has to wait.
function endUnlessOpen(): void {
  if (process.getActiveResourcesInfo().every((kind) => harmless.has(kind))) process.exit();
}

// A parent that dies takes its channel with it, and nobody would be left to stop us.
function onFirstSignal(act: () => void): void {
  let isFirst = true;
  const once = () => {
    if (!isFirst) return;
    isFirst = false;
    act();
  };
  process.on("SIGTERM", once);
  process.on("SIGINT", once);
  if (!process.send) return;
  process.on("disconnect", once);
  // It may have died while we were being loaded.
  if (!process.connected) once();
}

function fail(tell: Tell, error: unknown): void {
  const { message } = asError(error);
  tell("process.failed", { error: asError(error) });
  if (process.connected) process.send?.({ failed: message }, undefined, undefined, () => undefined);
  process.exitCode = 1;
  // The log is written asynchronously; what holds the loop open must not hold a failed process.
  setTimeout(() => process.exit(1), 100);
}
