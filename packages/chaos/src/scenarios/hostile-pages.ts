import { setTimeout as delay } from "node:timers/promises";
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { residentMb, waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { sideBySide } from "../rig/figures.ts";
import { type Hostile, hostilities, none, openHostile } from "../rig/hostile.ts";
import { startPart } from "../rig/part.ts";
import { performRows } from "../rig/rows.ts";
import { startServer } from "../rig/server.ts";
import type { Stage } from "../rig/stage.ts";

/** Pages turn against their reader: each costs its own provider a poll, and no other provider notices. */
export const hostilePages: Scenario = {
  id: "hostile-pages",
  title:
    "Pages are slow, endless, compressed a thousandfold, redirecting inward and malformed, beside healthy ones",
  promises: [7],
  measures: true,
  run: (course) => turn(course, { app: "worker", rows }),
  control: {
    title: "a poller that fetches without limits",
    run: (course) => turn(course, { app: "naive-worker", rows: allAtOnce }),
  },
};

const healthyPages = 3;
const everySeconds = 2;
const calmMs = 3000;
const sampleMs = 50;
/** What is promised of each page; the others' lag counts from the time that they were due. */
const promised = { pollMs: 15_000, growthMb: 64, lagMs: 2000 };
/** Between our giving up and the page's hearing of it. */
const toleranceMs = 1000;
/** As long as the longest poll may take, and one more. */
const hostileMs = promised.pollMs + toleranceMs + 2000;

type Hostility = keyof typeof hostilities;

const all = Object.keys(hostilities) as Hostility[]; // Its own keys.
const allAtOnce = { "all at once": all };
/** Each before a worker of its own, so that what the worker grows by is that page's doing; and all before one. */
const rows: Readonly<Record<string, readonly Hostility[]>> = {
  ...Object.fromEntries(all.map((name) => [name, [name]])),
  ...allAtOnce,
};

interface Reading {
  app: "worker" | "naive-worker";
  rows: typeof rows;
}

async function turn(course: Course, { app, rows: some }: Reading): Promise<Outcome> {
  const perform = (stage: Stage, names: readonly Hostility[]) => turnOnce(stage, names, app);
  return sideBySide(await performRows(course, { rows: some, atOnce: Object.keys(some).length, perform }));
}

async function turnOnce(stage: Stage, names: readonly Hostility[], app: Reading["app"]): Promise<Outcome> {
  const canary = await openCanary(stage);
  const hostile = await Promise.all(names.map((name) => openHostile(stage, hostilities[name], canary.url)));
  const healthy = await Promise.all(Array.from({ length: healthyPages }, () => openHostile(stage, none, "")));
  const pages = [...healthy, ...hostile];
  const worker = await startReader(stage, app, pages);
  await waitUntil("all to be polled", () => pages.every(({ conversations }) => conversations.length > 1), 30_000);
  await delay(calmMs);

  const before = await residentMb(worker.pid());
  const turnedAt = performance.now();
  for (const page of pages) page.turn();
  const peakMb = await peakDuring(worker.pid(), hostileMs);
  const span = { turnedAt, endedAt: performance.now() };
  const figures = {
    longestPollMs: Math.max(...hostile.map((page) => longest(page, span))),
    growthMb: Math.round(peakMb - before),
    canaryHits: canary.hits(),
    lagMs: Math.max(...healthy.map((page) => lag(page, span))),
  };
  return { figures, broken: brokenBy(figures, names.length) };
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

type Figures = Record<"longestPollMs" | "growthMb" | "canaryHits" | "lagMs", number>;

function brokenBy({ longestPollMs, growthMb, canaryHits, lagMs }: Figures, pages: number): string[] {
  return [
    ...(longestPollMs > promised.pollMs + toleranceMs ? [`a poll took ${longestPollMs} ms`] : []),
    ...(growthMb > promised.growthMb * pages ? [`the worker grew by ${growthMb} MB`] : []),
    ...(canaryHits ? [`an inner address was reached ${canaryHits} times`] : []),
    ...(lagMs > promised.lagMs ? [`a healthy page was asked ${lagMs} ms late`] : []),
  ];
}
