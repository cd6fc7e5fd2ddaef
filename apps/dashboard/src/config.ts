import { withFiles } from "@statuswire/config";
import { commonVariables, isLoopback, port, readEnvironment, redisPlace } from "@statuswire/service";
import { z } from "zod";

const list = z.string().transform((text) => text.split(",").map((part) => part.trim()));
const names = list.pipe(
  z.array(
    z
      .string()
      .toLowerCase()
      .regex(/^[a-z0-9.-]+$/, "Write names without a port, separated by commas."),
  ),
);
const origins = list.pipe(
  z.array(z.string().refine(isOrigin, "An origin is a scheme and a host, such as https://wiki.example.org.")),
);
/** 128 bits in base64: nobody guesses that. */
const tokens = list.pipe(
  z.array(z.string().min(22, "A token has 22 characters at least. Make one with: openssl rand -hex 16.")),
);
const flag = z.enum(["0", "1"]).default("0");
const secrets = ["REDIS_URL", "DASHBOARD_PASSWORD", "DASHBOARD_READ_TOKENS", "DASHBOARD_WRITE_TOKENS"] as const;

const Variables = z.object({
  ...commonVariables,
  DASHBOARD_PORT: port.default(8080),
  DASHBOARD_HOST: z.string().default("127.0.0.1"),
  DASHBOARD_PASSWORD: z.string().min(12, "A password has 12 characters at least.").optional(),
  DASHBOARD_READ_TOKENS: tokens.default([]),
  DASHBOARD_WRITE_TOKENS: tokens.default([]),
  /** 1: ask nobody who they are, wherever the dashboard listens. */
  DASHBOARD_INSECURE: flag,
  /** Names by which browsers may call us, besides addresses and localhost. */
  DASHBOARD_HOSTS: names.default([]),
  /** Origins whose pages may read the API. */
  DASHBOARD_CORS_ORIGINS: origins.default([]),
  /** Requests a minute to the API; unset: no limit. */
  DASHBOARD_RATE_PER_ADDRESS: z.coerce.number().int().min(1).optional(),
  /** Live streams open at once. */
  DASHBOARD_STREAMS: z.coerce.number().int().min(1).default(10_000),
  /** How many proxies in front of us add to X-Forwarded-For and say X-Forwarded-Proto. */
  DASHBOARD_TRUSTED_PROXIES: z.coerce.number().int().min(0).default(0),
  /** 1: Bull Board may change queues. */
  DASHBOARD_QUEUES_WRITABLE: flag,
});

export type Config = ReturnType<typeof readConfig>;

/** The only reader of the environment. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const variables = readEnvironment(Variables, withFiles(env, secrets));
  refuseToBeOpen(variables);
  return Object.freeze({
    redis: redisPlace(variables.REDIS_URL),
    http: { port: variables.DASHBOARD_PORT, host: variables.DASHBOARD_HOST },
    access: {
      secrets: {
        password: variables.DASHBOARD_PASSWORD,
        readTokens: variables.DASHBOARD_READ_TOKENS,
        writeTokens: variables.DASHBOARD_WRITE_TOKENS,
      },
      hosts: variables.DASHBOARD_HOSTS,
      corsOrigins: variables.DASHBOARD_CORS_ORIGINS,
      ratePerAddress: variables.DASHBOARD_RATE_PER_ADDRESS,
      trustedProxies: variables.DASHBOARD_TRUSTED_PROXIES,
      queuesAreWritable: variables.DASHBOARD_QUEUES_WRITABLE === "1",
    },
    streams: { most: variables.DASHBOARD_STREAMS },
    graceMs: variables.SHUTDOWN_GRACE_SECONDS * 1000,
    watchdogSeconds: variables.WATCHDOG_SECONDS,
    log: { level: variables.LOG_LEVEL },
    env,
  });
}

function refuseToBeOpen(variables: z.infer<typeof Variables>): void {
  const { DASHBOARD_HOST: host, DASHBOARD_PASSWORD, DASHBOARD_READ_TOKENS, DASHBOARD_WRITE_TOKENS } = variables;
  const asks =
    DASHBOARD_PASSWORD !== undefined || DASHBOARD_READ_TOKENS.length + DASHBOARD_WRITE_TOKENS.length > 0;
  if (asks || isLoopback(host) || variables.DASHBOARD_INSECURE === "1") return;
  throw new Error(
    `Others than this machine reach ${host}, and the dashboard would ask nobody who they are. ` +
      "Set DASHBOARD_PASSWORD (or DASHBOARD_PASSWORD_FILE, or DASHBOARD_READ_TOKENS), or leave DASHBOARD_HOST at 127.0.0.1.",
  );
}

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}
