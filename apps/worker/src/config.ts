import { withFiles } from "@statuswire/config";
import { commonVariables, port, readEnvironment, redisPlace } from "@statuswire/service";
import { z } from "zod";

const Variables = z.object({
  ...commonVariables,
  WORKER_PORT: port.default(8090),
  WORKER_HOST: z.string().default("127.0.0.1"),
  POLL_CONCURRENCY: z.coerce.number().int().min(1).default(20),
  DELIVER_CONCURRENCY: z.coerce.number().int().min(1).default(20),
  EVENT_RETENTION_DAYS: z.coerce.number().min(1).default(400),
  DEAD_LETTERS: z.coerce.number().int().min(1).default(10_000),
  DEAD_LETTER_DAYS: z.coerce.number().min(1).default(180),
  DEAD_LETTER_MB: z.coerce.number().min(1).default(256),
  LOG_FORMAT: z.enum(["line", "json"]).default("line"),
});

export type Config = ReturnType<typeof readConfig>;

/** The only reader of the environment. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const variables = readEnvironment(Variables, withFiles(env, ["REDIS_URL"]));
  return Object.freeze({
    redis: redisPlace(variables.REDIS_URL),
    http: { port: variables.WORKER_PORT, host: variables.WORKER_HOST },
    concurrency: {
      polls: variables.POLL_CONCURRENCY,
      deliveries: variables.DELIVER_CONCURRENCY,
    },
    console: { format: variables.LOG_FORMAT },
    retention: { eventsMs: variables.EVENT_RETENTION_DAYS * 24 * 60 * 60 * 1000 },
    deadLetters: {
      count: variables.DEAD_LETTERS,
      ageMs: variables.DEAD_LETTER_DAYS * 24 * 60 * 60 * 1000,
      bytes: variables.DEAD_LETTER_MB * 1024 * 1024,
    },
    graceMs: variables.SHUTDOWN_GRACE_SECONDS * 1000,
    watchdogSeconds: variables.WATCHDOG_SECONDS,
    log: { level: variables.LOG_LEVEL },
    env,
  });
}
