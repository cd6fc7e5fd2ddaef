import { z } from "zod";

/** The variables that every process of ours reads. */
export const commonVariables = {
  REDIS_URL: z.string().optional(),
  SHUTDOWN_GRACE_SECONDS: z.coerce.number().int().min(1).default(8),
  WATCHDOG_SECONDS: z.coerce.number().int().min(0).default(10),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error"]).default("info"),
};

/** Where a process looks for Redis, and whether nobody said so. */
export interface RedisPlace {
  url: string;
  isAssumed: boolean;
}

/** The Redis of `REDIS_URL`; unset, that of this machine. */
export function redisPlace(url: string | undefined): RedisPlace {
  return { url: url ?? "redis://127.0.0.1:6379", isAssumed: url === undefined };
}

/** A TCP port; 0 lets the system choose. */
export const port = z.coerce.number("A port is a number, e.g. 8000.").int().min(0).max(65535);

/** A process's variables, read and checked. Throws one error that names every variable that is wrong. */
export function readEnvironment<Variables>(schema: z.ZodType<Variables>, env: NodeJS.ProcessEnv): Variables {
  const parsed = schema.safeParse(withoutBlanks(env), { error: inWords });
  if (parsed.success) return parsed.data;
  throw new Error(`The environment has mistakes:\n${z.prettifyError(parsed.error)}`);
}

function inWords({ code, expected }: { code?: string; expected?: string }): string | undefined {
  return code === "invalid_type" && expected === "number" ? "This must be a number." : undefined;
}

// `INGEST_PORT=` in an .env file means "not set"; Number("") would make it zero.
function withoutBlanks(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value?.trim()));
}
