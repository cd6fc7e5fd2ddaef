import type { Tell } from "@statuswire/telemetry";
import { urlIn } from "../redis.ts";
import { type Child, keepRunning, type Part } from "./children.ts";
import { keepRedis, type KeptRedis } from "./kept-redis.ts";

interface Options {
  workers: number;
  env: NodeJS.ProcessEnv;
  dataDir: string;
  tell: Tell;
}

/** Ctrl-C to the last process gone: within ten seconds, so each part gets less. */
const graceMs = 8000;

/** Runs everything on this machine until told to stop. Throws when a part cannot start, after stopping the others. */
export async function up({ workers, env, dataDir, tell }: Options): Promise<void> {
  const stopped = untilSignal();
  const redis = await redisFor({ env, dataDir, tell });
  const shared = { ...env, REDIS_URL: redis.url };
  const parts: Part[] = [
    { app: "ingest", env: shared },
    ...Array.from({ length: workers }, (): Part => ({ app: "worker", env: shared })),
    { app: "dashboard", env: shared },
  ];
  const children = parts.map((part) => keepRunning(part, tell));
  try {
    const urls = await Promise.race([
      Promise.all(children.map(({ ready }) => ready)),
      redis.failed,
      stopped.then(() => undefined),
    ]);
    if (urls) announce(urls, workers);
    await Promise.race([stopped, redis.failed, firstFailure(children)]);
  } finally {
    await Promise.all(children.map((child) => child.stop(graceMs)));
    await redis.release();
  }
}

function announce(urls: readonly string[], workers: number): void {
  const [ingest] = urls;
  const dashboard = urls.at(-1);
  process.stderr.write(
    [
      "",
      `  Webhooks   POST ${ingest ?? ""}/webhooks/:provider`,
      `  Dashboard  ${dashboard ?? ""}   queues at ${dashboard ?? ""}/queues`,
      `  Workers    ${workers}`,
      "  Events follow on stdout. Ctrl-C stops everything.",
      "",
      "",
    ].join("\n"),
  );
}

async function redisFor({ env, dataDir, tell }: Omit<Options, "workers">): Promise<KeptRedis> {
  const url = await urlIn(env);
  if (url === undefined) return keepRedis({ env, dir: dataDir, tell });
  return { url, failed: new Promise(() => undefined), release: async () => undefined };
}

// A part that is ready stays so or is started again; only one that never became ready is a failure.
async function firstFailure(children: readonly Child[]): Promise<never> {
  await Promise.all(children.map(({ ready }) => ready));
  return new Promise(() => undefined);
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
  });
}
