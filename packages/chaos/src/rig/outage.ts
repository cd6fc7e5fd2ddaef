import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import type { Outcome } from "../chaos/scenario.ts";
import { acceptedIn, type Answer, type Load, quantile } from "./load.ts";
import { queuedIds } from "./queued.ts";

/** A time in which Redis was away, under a load. */
interface Outage {
  load: Load;
  /** Of those who look at what is there afterwards. */
  redis: Redis;
  /** By `performance.now()`. */
  since: number;
  until: number;
  /** By how much ingest has grown meanwhile. */
  growthMb: number;
}

const promised = { p99Ms: 1100, p100Ms: 1500, recoveryMs: 2000, growthMb: 50 };

/** Whether each webhook of that time was refused at once, those before and after were taken, and none that was is lost. */
export async function judgeOutage({ load, redis, since, until, growthMb }: Outage): Promise<Outcome> {
  const isBack = ({ status, at }: Answer) => status === 202 && at > until;
  const back = await waitUntil("webhooks to be accepted again", () => load.answers.find(isBack), 30_000).catch(
    () => undefined,
  );
  await load.stop();
  // Sent while it was away, and answered within it.
  const during = load.answers.filter(({ at, took }) => at - took > since + settleMs && at < until);
  const held = await queuedIds(redis);
  const figures = {
    answers: during.length,
    p99Ms: Math.round(quantile(during, 0.99)),
    p100Ms: Math.round(quantile(during, 1)),
    recoveryMs: back ? Math.round(back.at - until) : Number.POSITIVE_INFINITY,
    growthMb,
    silent: load.answers.filter(({ status }) => status === 0).length,
    lost: acceptedIn(load).filter((id) => !held.has(id)).length,
  };
  return { figures, broken: brokenBy(figures, during) };
}

/** What was on its way when it began may still be accepted. */
const settleMs = 50;

function brokenBy(
  figures: Record<"p99Ms" | "p100Ms" | "recoveryMs" | "growthMb" | "silent" | "lost", number>,
  during: Answer[],
) {
  const limits = Object.entries(promised) as [keyof typeof promised, number][]; // Its own keys.
  const others = during.filter(({ status, saysWhen }) => status !== 503 || !saysWhen).length;
  return [
    ...limits.flatMap(([name, most]) =>
      figures[name] > most ? [`${name} ${figures[name]}, promised ${most}`] : [],
    ),
    ...(during.length ? [] : ["nobody was answered while it was away"]),
    ...(others ? [`${others} of ${during.length} answers were not 503 with Retry-After`] : []),
    ...(figures.silent ? [`${figures.silent} webhooks were not answered within three seconds`] : []),
    ...(figures.lost ? [`${figures.lost} accepted webhooks are gone`] : []),
  ];
}
