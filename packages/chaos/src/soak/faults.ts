import { setTimeout as delay } from "node:timers/promises";
import { waitUntil } from "@statuswire/testing";
import type { Random } from "../rig/random.ts";

interface Way {
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
  /** Whether others do its work meanwhile; absent where nobody else does it. Asked once it has begun. */
  isTakenOver?(): Promise<boolean>;
}

/** Something that can be struck, in one way or two. */
export interface Target {
  name: string;
  kill?: Way;
  pause?: Way & { seconds: readonly [least: number, most: number] };
}

/** A fault as it was planned, or as it happened. */
export interface Incident {
  /** Seconds from the beginning. */
  at: number;
  fault: "kill" | "pause";
  target: string;
  /** How long it was away. */
  seconds: number;
}

interface Plan {
  targets: readonly Target[];
  seconds: number;
  random: Random;
}

/** Seconds between two faults. */
const gap = { least: 1, most: 4 };
const awaySeconds = [0.2, 2] as const;

/** A schedule of faults, the same for the same seed. It begins in the first second and leaves the last one alone. */
export function planFaults({ targets, seconds, random }: Plan): Incident[] {
  const possible = targets.flatMap(({ name, kill, pause }) => [
    ...(kill ? [{ fault: "kill" as const, target: name, range: awaySeconds }] : []),
    ...(pause ? [{ fault: "pause" as const, target: name, range: pause.seconds }] : []),
  ]);
  const plan: Incident[] = [];
  if (!possible.length) return plan;
  for (let at = 1; at < seconds - 1; at += gap.least + random.next() * (gap.most - gap.least)) {
    const { fault, target, range } = random.pick(possible);
    const [least, most] = range;
    plan.push({ at: round(at), fault, target, seconds: round(least + random.next() * (most - least)) });
  }
  return plan;
}

interface Hooks {
  /** Waits until everything works again. */
  recovered(): Promise<unknown>;
}

/** What happened, and how long it took at most from the return of what was away until everything worked again. */
export interface Struck {
  timeline: Incident[];
  recoverySeconds: number;
  /** How long it took at most until others did the work of a killed one; a fault elsewhere meanwhile begins it anew. */
  takeOverSeconds: number;
  /** When the last that was away came back, by `performance.now()`. */
  returnedAt: number;
}

/** So long is waited for others to take over. */
const takeOverMs = 120_000;

/** Strikes as planned; what is away already is left alone. Resolves once everything runs again. */
export async function strike(
  plan: readonly Incident[],
  targets: readonly Target[],
  { recovered }: Hooks,
): Promise<Struck> {
  const startedAt = performance.now();
  const away = new Set<string>();
  const struck: Struck = { timeline: [], recoverySeconds: 0, takeOverSeconds: 0, returnedAt: 0 };
  /** When each target was struck, or came back, last. */
  const changedAt = new Map<string, number>();

  async function one(incident: Incident): Promise<void> {
    await delay(Math.max(0, incident.at * 1000 - (performance.now() - startedAt)));
    const target = targets.find(({ name }) => name === incident.target);
    if (!target || away.has(target.name)) return;
    away.add(target.name);
    struck.timeline.push({ ...incident, at: round((performance.now() - startedAt) / 1000) });
    const { begin, end, isTakenOver } = wayOf(target, incident.fault);
    const struckAt = performance.now();
    changedAt.set(target.name, struckAt);
    await begin();
    const takingOver = isTakenOver && measureTakeOver(target.name, { struckAt, isTakenOver });
    await delay(incident.seconds * 1000);
    struck.returnedAt = performance.now();
    await end();
    changedAt.set(target.name, performance.now());
    away.delete(target.name);
    await recovered();
    // Overlapping outages count from the last return.
    struck.recoverySeconds = Math.max(struck.recoverySeconds, secondsSince(struck.returnedAt));
    await takingOver;
  }

  async function measureTakeOver(name: string, { struckAt, isTakenOver }: TakeOver): Promise<void> {
    await waitUntil("others to take over", isTakenOver, takeOverMs);
    const elsewhere = [...changedAt].flatMap(([other, at]) => (other === name ? [] : [at]));
    const since = Math.max(struckAt, ...elsewhere);
    struck.takeOverSeconds = Math.max(struck.takeOverSeconds, secondsSince(since));
  }

  await Promise.all(plan.map(one));
  return struck;
}

interface TakeOver {
  struckAt: number;
  isTakenOver(): Promise<boolean>;
}

function wayOf({ kill, pause }: Target, fault: Incident["fault"]): Way {
  const way = fault === "kill" ? kill : pause;
  if (!way) throw new Error(`Nobody knows how to ${fault} that.`);
  return way;
}

function secondsSince(at: number): number {
  return round((performance.now() - at) / 1000);
}

function round(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
