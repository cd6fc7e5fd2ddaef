import { Gauge, type Registry, type Tell } from "@statuswire/telemetry";
import type { Redis } from "ioredis";
import { type RedisFacts, risksOf, takesWritesAlone } from "./redis-risks.ts";

interface Dependencies {
  tell: Tell;
  registry: Registry;
  /** Epoch ms. */
  now(): number;
}

/** Asks a Redis about itself whenever it has become ready, names loudly what is risky about it, and shows it as a figure. */
export function examineRedis(redis: Redis, { tell, registry, now }: Dependencies): void {
  const gauge = new Gauge({
    name: "statuswire_redis_risk",
    help: "1 when this Redis may lose what it has accepted, by why; 0 when not; absent when it would not say.",
    labelNames: ["risk"],
    registers: [registry],
  });

  async function examine(): Promise<void> {
    const findings = risksOf(await factsOf(redis, now));
    const unchecked = findings.filter(({ isRisky }) => isRisky === undefined).map(({ risk }) => risk);
    gauge.reset();
    for (const { risk, isRisky, found, wanted } of findings) {
      if (isRisky !== undefined) gauge.set({ risk }, Number(isRisky));
      if (isRisky) tell("redis.risky", { risk, found, wanted });
    }
    if (unchecked.length) tell("redis.unchecked", { unchecked });
  }

  // Lost again meanwhile: it will be asked when it is back.
  redis.on("ready", () => void examine().catch(() => undefined));
}

async function factsOf(redis: Redis, now: () => number): Promise<RedisFacts> {
  const [info, policy, appendOnly, appendFsync, aheadMs] = await Promise.all([
    ifAllowed(redis.info()),
    ifAllowed(configured(redis, "maxmemory-policy")),
    ifAllowed(configured(redis, "appendonly")),
    ifAllowed(configured(redis, "appendfsync")),
    ifAllowed(aheadOf(redis, now)),
  ]);
  const field = (name: string) => new RegExp(`^${name}:(.*?)\r?$`, "m").exec(info ?? "")?.[1];
  return {
    version: field("redis_version"),
    evictionPolicy: policy ?? field("maxmemory_policy"),
    appendOnly: appendOnly ?? yesOrNo(field("aof_enabled")),
    appendFsync,
    replication: info && replicationIn(field),
    aheadMs,
  };
}

// Redis tells of good replicas only where some are demanded.
function replicationIn(field: (name: string) => string | undefined): string {
  if (Number(field("connected_slaves") ?? 0) === 0) return "no replicas";
  const good = field("min_slaves_good_slaves");
  return good === undefined ? takesWritesAlone : `${good} good replicas`;
}

// Managed ones and careful ones allow no CONFIG.
async function ifAllowed<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  return asked.catch(() => undefined);
}

async function configured(redis: Redis, name: string): Promise<string | undefined> {
  const [, value] = await redis.config("GET", name);
  return value;
}

/** Half of the way there and back is taken to be the way there. */
async function aheadOf(redis: Redis, now: () => number): Promise<number> {
  const before = now();
  const [seconds = 0, microseconds = 0] = (await redis.time()).map(Number);
  const theirs = seconds * 1000 + microseconds / 1000;
  return Math.round(theirs - (before + now()) / 2);
}

function yesOrNo(flag: string | undefined): string | undefined {
  return flag && (flag === "1" ? "yes" : "no");
}
