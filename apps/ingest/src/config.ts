import { type Config as Wish, withFiles } from "@statuswire/config";
import { readReplicated } from "@statuswire/queues";
import { commonVariables, hostNames, isLoopback, port, readEnvironment, redisPlace } from "@statuswire/service";
import { z } from "zod";

const whole = z.coerce.number().int();
const count = whole.min(1);
const seconds = z.coerce.number().min(0.1).max(3600);

const Variables = z.object({
  ...commonVariables,
  INGEST_PORT: port.default(8000),
  INGEST_HOST: z.string().default("127.0.0.1"),
  /** Names of this server, besides addresses, localhost and the name in the public address. */
  INGEST_HOSTS: hostNames.default([]),
  /** Where people reach the dashboard; senders often reach us by the same name. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "This should be a URL that begins with https://." }).optional(),
  /** What becomes of webhooks that prove nothing: 0 refused, hint, 1 believed; unset, as `unprovenAt` says. */
  INGEST_INSECURE: z.enum(["0", "hint", "1"]).optional(),
  /** How many replicas must have a webhook before it is accepted; unset: 1 where a replica may become the master, else 0. */
  INGEST_WAIT_REPLICAS: whole.min(0).optional(),
  /** How many proxies in front of us add to X-Forwarded-For. */
  INGEST_TRUSTED_PROXIES: whole.min(0).default(0),
  INGEST_MAX_BODY_BYTES: count.default(1024 * 1024),
  INGEST_MAX_BUFFERED_BYTES: count.default(64 * 1024 * 1024),
  INGEST_MAX_NESTING: count.max(1000).default(64),
  INGEST_MAX_HEADERS: count.max(1000).default(100),
  INGEST_MAX_HEADER_BYTES: count.default(16_384),
  INGEST_HEADERS_TIMEOUT_SECONDS: seconds.default(10),
  INGEST_REQUEST_TIMEOUT_SECONDS: seconds.default(15),
  INGEST_MAX_CONNECTIONS: count.default(5000),
  INGEST_MAX_IN_FLIGHT: count.default(4000),
  INGEST_MAX_QUEUE_DEPTH: count.default(50_000),
  INGEST_MAX_QUEUE_BYTES: count.default(256 * 1024 * 1024),
  /** Of Redis' maxmemory. */
  INGEST_MAX_REDIS_PERCENT: count.max(100).default(80),
  /** Requests a minute; unset: no limit. */
  INGEST_RATE_PER_PROVIDER: count.optional(),
  /** The same for requests that do not prove who sent them; unset: as many as of those that do. */
  INGEST_RATE_PER_PROVIDER_UNVERIFIED: count.optional(),
  INGEST_RATE_PER_ADDRESS: count.optional(),
});

export type Config = ReturnType<typeof readConfig>;

/** The only reader of the environment. Throws one error that names every variable that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv) {
  const variables = readEnvironment(Variables, withFiles(env, ["REDIS_URL"]));
  const redis = redisPlace(variables.REDIS_URL);
  return Object.freeze({
    redis: {
      ...redis,
      replicas: variables.INGEST_WAIT_REPLICAS ?? replicasAt(redis.url),
    },
    http: {
      port: variables.INGEST_PORT,
      host: variables.INGEST_HOST,
      limits: {
        connections: variables.INGEST_MAX_CONNECTIONS,
        headerBytes: variables.INGEST_MAX_HEADER_BYTES,
        headersTimeoutMs: variables.INGEST_HEADERS_TIMEOUT_SECONDS * 1000,
        requestTimeoutMs: variables.INGEST_REQUEST_TIMEOUT_SECONDS * 1000,
      },
    },
    hosts: hostsIn(variables),
    trustedProxies: variables.INGEST_TRUSTED_PROXIES,
    limits: {
      bodyBytes: variables.INGEST_MAX_BODY_BYTES,
      bufferedBytes: variables.INGEST_MAX_BUFFERED_BYTES,
      nesting: variables.INGEST_MAX_NESTING,
      headers: variables.INGEST_MAX_HEADERS,
      inFlight: variables.INGEST_MAX_IN_FLIGHT,
      queueDepth: variables.INGEST_MAX_QUEUE_DEPTH,
      queueBytes: variables.INGEST_MAX_QUEUE_BYTES,
      memoryPercent: variables.INGEST_MAX_REDIS_PERCENT,
    },
    rates: {
      verified: variables.INGEST_RATE_PER_PROVIDER,
      unverified: variables.INGEST_RATE_PER_PROVIDER_UNVERIFIED ?? variables.INGEST_RATE_PER_PROVIDER,
      perAddress: variables.INGEST_RATE_PER_ADDRESS,
    },
    /** What becomes of webhooks that prove nothing, under this configuration. */
    unproven: (wish: Wish) => stances[variables.INGEST_INSECURE ?? unprovenAt(variables.INGEST_HOST, wish)],
    graceMs: variables.SHUTDOWN_GRACE_SECONDS * 1000,
    watchdogSeconds: variables.WATCHDOG_SECONDS,
    log: { level: variables.LOG_LEVEL },
    env,
  });
}

/** How far those are believed who prove nothing. A hint is a reason to ask the page, where it can be asked. */
export type Stance = "refused" | "hint" | "believed";

const stances = { "0": "refused", hint: "hint", "1": "believed" } as const satisfies Record<string, Stance>;

/** What Compose calls us. */
const serviceName = "ingest";

function hostsIn({ INGEST_HOSTS: named }: z.infer<typeof Variables>): ReadonlySet<string> {
  return new Set([serviceName, ...named]);
}

function replicasAt(url: string): number {
  return readReplicated(url) ? 1 : 0;
}

// Who reaches us on loopback is on this machine already.
function unprovenAt(host: string, { insecure }: Wish): keyof typeof stances {
  if (isLoopback(host)) return "1";
  return insecure ? "hint" : "0";
}
