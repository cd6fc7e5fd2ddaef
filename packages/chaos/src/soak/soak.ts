import { createWorld, startSimulator } from "@statuswire/simulator";
import { createStore } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { randomFrom } from "../rig/random.ts";
import type { Stage } from "../rig/stage.ts";
import { watchQueues } from "../rig/underway.ts";
import type { Wanted } from "./arguments.ts";
import { hastyDoor } from "../rig/hasty-door.ts";
import { type Control, controls } from "./controls.ts";
import { type Incident, planFaults, strike } from "./faults.ts";
import { gather } from "./gather.ts";
import { type Ledger, ledgerOf } from "./ledger.ts";
import { live } from "./live.ts";
import { watchPeak } from "./peak.ts";
import { isPolled, providers, quietPage } from "./providers.ts";
import { untilQuiet } from "./quiet.ts";
import { type Answers, createSender } from "./sender.ts";
import { openConsole, openSink } from "./sink.ts";
import { startSystem, type System, targetsIn } from "./system.ts";

/** What a soak yields. */
export interface Soaked {
  seed: number;
  seconds: number;
  ledger: Ledger;
  timeline: readonly Incident[];
}

const readyMs = 120_000;
const acceptedMs = 60_000;

/** Runs the system under load and faults, waits until it is quiet, and draws the account. Throws when it never is. */
export async function soak(stage: Stage, wanted: Wanted, report: (line: string) => void): Promise<Soaked> {
  const { seed, seconds } = wanted;
  const control = wanted.control === undefined ? undefined : controls[wanted.control];
  const world = await openWorld(stage, { seed, control });
  const { simulator } = world;
  const system = await startSystem(stage, {
    ...world,
    workers: wanted.workers,
    areSpread: control?.areSpread ?? false,
    heard: world.console.heard,
  });
  await waitUntil("every process to be ready", () => system.isReady(), readyMs);
  await waitUntil("a first look at every page", () => hasBaselines(system.redis), readyMs);
  const watch = watchQueues(system.redis);
  stage.defer(() => watch.close());
  const peak = watchPeak([system.ingest, ...system.workers]);

  const stormed = await storm(stage, { system, world, wanted, control, report });
  report("no more posts; waiting until nothing is under way");
  const drainingSince = performance.now();
  const { timeline, returnedAt, inOrder, ...posted } = stormed;
  await waitUntil("all to be processed", () => watch.isProcessed(), readyMs);
  const processedSeconds = secondsSince(Math.max(drainingSince, returnedAt));
  await untilQuiet(simulator, watch);
  const drainSeconds = secondsSince(drainingSince);
  if (control?.tamper) {
    await control.tamper(system.redis);
    await untilQuiet(simulator, watch);
  }
  peak.stop();
  const { console, sink } = world;
  const evidence = { ...(await gather(simulator, system.redis)), inOrder, console, sink };
  const buried = await watch.buried();
  const counted = { ...posted, timeline, buried, processedSeconds, drainSeconds, peakRssMb: peak.mb() };
  return { seed, seconds, timeline, ledger: ledgerOf(evidence, counted) };
}

interface Circumstances {
  seed: number;
  control: Control | undefined;
}

/** The vendors' pages and the places that events go to. */
async function openWorld(stage: Stage, { seed, control }: Circumstances) {
  const pages = providers.map((provider) => quietPage(provider, new Date()));
  const simulator = await startSimulator({ world: createWorld(pages) });
  stage.defer(() => simulator.close());
  const [console, sink] = [openConsole(), await openSink(randomFrom(seed + 1))];
  stage.defer(() => sink.close());
  const sinkUrl = control?.before === "sink" ? await door(stage, sink.url, 204) : sink.url;
  return { simulator, console, sink, sinkUrl };
}

async function door(stage: Stage, target: string, status: number): Promise<string> {
  const opened = await hastyDoor(target, { status, random: randomFrom(status) });
  stage.defer(opened.close);
  return opened.url;
}

interface Storm {
  system: System;
  world: Awaited<ReturnType<typeof openWorld>>;
  wanted: Wanted;
  control: Control | undefined;
  report(line: string): void;
}

/** The load and the faults, until both are over and every webhook has been accepted. */
async function storm(stage: Stage, { system, world: { simulator }, wanted, control, report }: Storm) {
  const { seed, seconds, faults } = wanted;
  const ingest = system.ingest.url();
  const url = control?.before === "ingest" ? await door(stage, ingest, 202) : ingest;
  const sender = createSender({ url, random: randomFrom(seed + 2) });
  stage.defer(async () => sender.stop());
  const progress = setInterval(() => report(described(sender.answers, sender.underway())), 5000);
  stage.defer(async () => clearInterval(progress));

  const targets = targetsIn(system, faults);
  const plan = planFaults({ targets, seconds, random: randomFrom(seed) });
  const recovered = () => waitUntil("every process to be ready", system.isReady, readyMs);
  const store = createStore(system.redis);
  const [struck] = await Promise.all([
    strike(plan, targets, { recovered }),
    live({ simulator, sender, store, seconds, seed }),
  ]);
  await waitUntil("every webhook to be accepted", () => sender.underway() === 0, acceptedMs);
  clearInterval(progress);
  return { answers: sender.answers, inOrder: sender.inOrder, ...struck };
}

function secondsSince(at: number): number {
  return Math.round((performance.now() - at) / 100) / 10;
}

async function hasBaselines(redis: Redis): Promise<boolean> {
  const store = createStore(redis);
  const known = await Promise.all(providers.filter(isPolled).map(({ id }) => store.known(id)));
  return known.every(({ page }) => page.baseline);
}

function described({ attempted, accepted, refused, unknown }: Answers, underway: number): string {
  return `${attempted} posts: ${accepted} accepted, ${refused} refused, ${unknown} without an answer; ${underway} under way`;
}
