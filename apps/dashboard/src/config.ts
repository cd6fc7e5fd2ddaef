import { commonVariables, port, readEnvironment } from "@statuswire/service";
import { z } from "zod";

const Variables = z.object({
  ...commonVariables,
  DASHBOARD_PORT: port.default(8080),
  DASHBOARD_HOST: z.string().default("127.0.0.1"),
});

export type Config = ReturnType<typeof readConfig>;

/** The only reader of the environment. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const variables = readEnvironment(Variables, env);
  return Object.freeze({
    redis: { url: variables.REDIS_URL },
    http: { port: variables.DASHBOARD_PORT, host: variables.DASHBOARD_HOST },
    graceMs: variables.SHUTDOWN_GRACE_SECONDS * 1000,
    watchdogSeconds: variables.WATCHDOG_SECONDS,
    log: { level: variables.LOG_LEVEL },
    env,
  });
}
