import { setTimeout as delay } from "node:timers/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { residentMb, waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { type Hostile, hostilities, none, openHostile } from "../rig/hostile.ts";
import { startPart } from "../rig/part.ts";
import { startServer } from "../rig/server.ts";
import type { Stage } from "../rig/stage.ts";

/** Pages turn against their reader: each costs its own provider a poll, and no other provider notices. */
export const hostilePages: Scenario = {
  id: "hostile-pages",
  title:
    "Pages are slow, endless, compressed a thousandfold, redirecting inward and malformed, beside healthy ones",
  promises: [7],
  run: (course) => turn(course, "worker"),
  control: {
    title: "a poller that fetches without limits",
    run: (course) => turn(course, "naive-worker"),
  },
};

const healthyPages = 4;
const everySeconds = 2;
const calmMs = 6000;
const hostileMs = 25_000;
const sampleMs = 50;
/** What is promised of each page; the others' lag counts from the time that they were due. */
const promised = { pollMs: 15_000, growthMb: 64, lagMs: 2000 };
/** How many of them eat memory: the endless one, and the one that swells. */
const eating = 2;
/** Between our giving up and the page's hearing of it. */
const toleranceMs = 1000;

async function turn({ stage, report }: Course, app: "worker" | "naive-worker"): Promise<Outcome> {
  const canary = await openCanary(stage);
  const hostile = await Promise.all(
    Object.entries(hostilities).map(
      async ([name, answer]) => [name, await openHostile(stage, answer, canary.url)] as const,
    ),
  );
  const healthy = await Promise.all(Array.from({ length: healthyPages }, () => openHostile(stage, none, "")));
  const pages = [...healthy, ...hostile.map(([, page]) => page)];
  const worker = await startReader(stage, app, pages);
  await waitUntil("all to be polled", () => pages.every(({ conversations }) => conversations.length > 1), 30_000);
  await delay(calmMs);

  const before = await residentMb(worker.pid());
  const turnedAt = performance.now();
  for (const page of pages) page.turn();
  const peakMb = await peakDuring(worker.pid(), hostileMs);
  const endedAt = performance.now();
  const lastedMs = hostile.map(([name, page]) => [name, longest(page, { turnedAt, endedAt })] as const);
  for (const [name, ms] of lastedMs) report(`${app}, ${name}: the longest took ${ms} ms`);
  const figures = {
    longestPollMs: Math.max(...lastedMs.map(([, ms]) => ms)),
    polls: hostile.reduce((sum, [, page]) => sum + since(page, turnedAt).length, 0),
    growthMb: Math.round(peakMb - before),
    canaryHits: canary.hits(),
    lagMs: Math.max(...healthy.map((page) => lag(page, { turnedAt, endedAt }))),
  };
  return { figures, broken: brokenBy(figures) };
}

/** A server on an inner address, which nobody is to reach. */
async function openCanary(stage: Stage): Promise<{ url: string; hits(): number }> {
  let hits = 0;
  const server = createServer((_request, response) => {
    hits++;
    response.end("{}");
  }).listen(0, "127.0.0.2");
  await once(server, "listening");
  stage.defer(async () => server.close());
  const { port } = server.address() as AddressInfo; // It listens on TCP, so it has one.
  return { url: `http://127.0.0.2:${port}/`, hits: () => hits };
}

async function startReader(stage: Stage, app: "worker" | "naive-worker", pages: readonly Hostile[]) {
  const server = await startServer({ dataDir: await stage.folder(), env: stage.env });
  stage.defer(() => server.stop());
  const config = await stage.configure({
    providers: pages.map(({ url }, index) => ({
      id: `page-${index}`,
      page: url,
      format: "statuspage",
      every: everySeconds,
    })),
    outbound: { allowPrivate: ["127.0.0.1"] },
  });
  const env = {
    ...stage.env,
    REDIS_URL: server.url,
    STATUSWIRE_CONFIG: config,
    PAGES: pages.map(({ url }) => url).join(" "),
  };
  const worker = await startPart("worker", { app, env });
  stage.defer(() => worker.stop());
  return worker;
}

async function peakDuring(pid: number, ms: number): Promise<number> {
  const until = performance.now() + ms;
  let peak = 0;
  while (performance.now() < until) {
    peak = Math.max(peak, await residentMb(pid));
    await delay(sampleMs);
  }
  return peak;
}

interface Span {
  turnedAt: number;
  endedAt: number;
}

function since({ conversations }: Hostile, turnedAt: number): Hostile["conversations"] {
  return conversations.filter(({ at }) => at > turnedAt);
}

/** The longest conversation, in ms; what is still going on counts as far as it has come. */
function longest(page: Hostile, { turnedAt, endedAt }: Span): number {
  const times = since(page, turnedAt).map(({ at, ms }) => ms || endedAt - at);
  return Math.round(Math.max(0, ...times));
}

/** How much later than it was due a healthy page was asked, at most. */
function lag(page: Hostile, { turnedAt, endedAt }: Span): number {
  const times = [turnedAt, ...since(page, turnedAt).map(({ at }) => at), endedAt];
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return Math.round(Math.max(0, Math.max(...gaps) - everySeconds * 1000));
}

function brokenBy(figures: Record<"longestPollMs" | "growthMb" | "canaryHits" | "lagMs", number>): string[] {
  const { longestPollMs, growthMb, canaryHits, lagMs } = figures;
  return [
    ...(longestPollMs > promised.pollMs + toleranceMs ? [`a poll took ${longestPollMs} ms`] : []),
    ...(growthMb > promised.growthMb * eating ? [`the worker grew by ${growthMb} MB`] : []),
    ...(canaryHits ? [`an inner address was reached ${canaryHits} times`] : []),
    ...(lagMs > promised.lagMs ? [`a healthy page was asked ${lagMs} ms late`] : []),
  ];
}
