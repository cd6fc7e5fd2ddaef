import { Command, InvalidArgumentError } from "commander";
import { createJournal } from "@statuswire/telemetry";
import { up } from "../up/up.ts";
import { dataDir, type Environment } from "../redis.ts";

interface Options {
  workers: number;
  demo?: boolean;
}

/** `statuswire up`: everything on one machine. What `npm start` runs. */
export function upCommand(env: Environment): Command {
  return new Command("up")
    .description(
      "Run everything on this machine: Redis, ingest, workers and dashboard. Events go to stdout, logs to stderr.",
    )
    .option("-w, --workers <n>", "how many workers", positive, 1)
    .option("--demo", "watch three simulated pages on which an incident unfolds, in a data folder of its own")
    .addHelpText("after", help)
    .action((options: Options) => start(options, env));
}

const help = `
Environment:
  REDIS_URL          use this Redis (see docs/redis.md for how to name it) instead of an embedded one
  STATUSWIRE_DATA    the embedded Redis' data folder (.statuswire)
  STATUSWIRE_CONFIG  the configuration file (statuswire.yaml; without one: OpenAI, Discord and Apple)
  INGEST_PORT        webhooks: POST /webhooks/:provider (8000)
  DASHBOARD_PORT     the page, /api/v1, Bull Board at /queues (8080)
  WORKER_PORT        the first worker's /healthz, /readyz and /metrics; the next ones count up (8090)
  LOG_FORMAT         "json" for one JSON object per event instead of two lines
  LOG_LEVEL          debug, info, warn or error (info)

Ctrl-C stops everything.`;

async function start({ workers, demo = false }: Options, env: Environment): Promise<void> {
  const tell = createJournal({ service: "up", level: env["LOG_LEVEL"] || "info" });
  if (!demo) return up({ workers, env, dataDir: dataDir(env), tell });
  const { setStage } = await import("../up/demo.ts");
  const stage = await setStage();
  try {
    await up({
      workers,
      env: { ...env, ...stage.env, REDIS_URL: undefined, REDIS_URL_FILE: undefined },
      dataDir: stage.dataDir,
      tell,
    });
  } finally {
    await stage.close();
  }
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 64)
    throw new InvalidArgumentError("Give a whole number from 1 to 64.");
  return number;
}
