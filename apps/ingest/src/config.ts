import { commonVariables, port, readEnvironment } from "@statuswire/service";
import { z } from "zod";

const Variables = z.object({
  ...commonVariables,
  INGEST_PORT: port.default(8000),
  INGEST_HOST: z.string().default("127.0.0.1"),
  INGEST_MAX_BODY_BYTES: z.coerce
    .number()
    .int()
    .min(1)
    .default(1024 * 1024),
  INGEST_MAX_IN_FLIGHT: z.coerce.number().int().min(1).default(4000),
});

export type Config = ReturnType<typeof readConfig>;

/** The only reader of the environment. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const variables = readEnvironment(Variables, env);
  return Object.freeze({
    redis: { url: variables.REDIS_URL },
    http: { port: variables.INGEST_PORT, host: variables.INGEST_HOST },
    limits: { bodyBytes: variables.INGEST_MAX_BODY_BYTES, inFlight: variables.INGEST_MAX_IN_FLIGHT },
    graceMs: variables.SHUTDOWN_GRACE_SECONDS * 1000,
    log: { level: variables.LOG_LEVEL },
  });
}
