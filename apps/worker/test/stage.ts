import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeQueues, createLeases, type Observation, type Poll, webhookId } from "@statuswire/queues";
import type { Sink } from "@statuswire/sinks";
import type { Event, Known } from "@statuswire/status";
import type { Tell } from "@statuswire/telemetry";
import { freshRedis } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { type Context, createContext } from "../src/context.ts";
import { createHearer } from "../src/hear.ts";
import { createObserver } from "../src/observe.ts";
import { createPoller, type Outcome } from "../src/poll.ts";
import type { Traits } from "../src/sinks.ts";

/** As written in statuswire.yaml. */
export interface Entry {
  id: string;
  page: string;
  format?: string;
  every?: number;
}

/** As written in statuswire.yaml. */
export type Sinks = Readonly<Record<string, object>>;

interface Told {
  happening: Parameters<Tell>[0];
  fields: Parameters<Tell>[1];
}

/** A worker's parts on a Redis of their own, moved by hand: nothing happens that a test does not do. */
export interface Stage extends Omit<Context, "outbound"> {
  told: Told[];
  /** Observations that polls have brought and nobody has looked at. */
  came: Observation[];
  observe(observation: Observation): Promise<Event[]>;
  poll(provider: string, incident?: string): Promise<Outcome>;
  /** Asks about one incident, so many tries before the last. */
  ask(provider: string, question: { incident: string; left: number }): Promise<Outcome>;
  /** Asks a page in quarantine, where so many processes have not survived asking it. */
  pollAlone(provider: string, stalls?: number): Promise<Outcome>;
  /** What was sent to be asked in quarantine. */
  sent: Poll[];
  /** From now on it is so many minutes after noon. */
  clock(minutes: number): void;
  /** Takes what came in for what it is worth. */
  hear(observation: Observation): Promise<unknown>;
  /** Hears a webhook. */
  push(provider: string, body: unknown): Promise<Event[]>;
  /** Observes all that has come, and what is asked because of it. */
  settle(provider: string): Promise<Event[]>;
  known(provider: string): Promise<Known>;
  close(): Promise<void>;
}

export async function openStage(providers: readonly Entry[]): Promise<Stage> {
  const told: Told[] = [];
  const came: Observation[] = [];
  const asked: string[] = [];
  const sent: Poll[] = [];
  let now = at(0);
  const redis = await freshRedis();
  const config = await writeConfig(providers);
  const tell: Tell = (happening, fields = {}) => void told.push({ happening, fields });
  const env = { REDIS_URL: redis.path, STATUSWIRE_CONFIG: config.path, WORKER_PORT: "0" };
  const context = await createContext(readConfig(env), tell);
  await holdAll(context);
  const ask = ({ incident = "" }: { incident?: string | undefined }) => Promise.resolve(void asked.push(incident));
  const seen = new Set<string>();
  // As the queue does: an id that has come is not taken again.
  async function add(observation: Observation): Promise<void> {
    if (!seen.has(observation.id)) came.push(observation);
    seen.add(observation.id);
  }
  const parts = { ...context, observations: { add }, now: () => now };
  const poll = createPoller({ ...parts, isolate: (isolated) => Promise.resolve(void sent.push(isolated)) });
  const pollAlone = createPoller({ ...parts, isolate: undefined });
  const observe = createObserver({ ...context, ask });
  const hear = createHearer({ ...parts, observe, poll });

  return {
    ...context,
    now: () => now,
    told,
    came,
    observe,
    hear,
    clock: (minutes) => void (now = at(minutes)),
    poll: (provider, incident) => poll({ v: 1, provider, ...(incident === undefined ? {} : { incident }) }),
    ask: (provider, { incident, left }) => poll({ v: 1, provider, incident }, { left }),
    pollAlone: (provider, stalls = 0) => pollAlone({ v: 1, provider }, { stalls }),
    sent,
    push: (provider, body) => observe(webhook(provider, body, now)),
    async settle(provider) {
      const events: Event[] = [];
      for (let rounds = 0; came.length || asked.length; rounds++) {
        if (rounds > 5) throw new Error("It never comes to rest.");
        for (const observation of came.splice(0)) events.push(...(await observe(observation)));
        for (const incident of asked.splice(0)) await poll({ v: 1, provider, incident });
      }
      return events;
    },
    known: (provider) => context.store.known(provider),
    async close() {
      await context.sinks.close();
      context.outbound.close();
      await closeQueues(context.queues);
      context.redis.disconnect();
      await config.remove();
      await redis.stop();
    },
  };
}

/** Has a context hold every partition, for ever. */
export async function holdAll({ redis, held, queues }: Context): Promise<void> {
  const partitionCount = queues.partitions.length;
  const leases = createLeases(redis, { worker: "stage", ttlMs: 60_000, partitionCount });
  const claimed = await leases.claim(queues.partitions.map((_queues, partition) => partition));
  for (const lease of claimed) held.put(lease);
  held.confirmed(Number.POSITIVE_INFINITY);
}

/** Sinks of these names, all told in one way. */
export function someSinks(sinks: Readonly<Record<string, Sink>>, how: Partial<Traits> = {}) {
  const traits: Traits = { audience: "people", patience: "minutes", order: "latest", ...how };
  const destinations = Object.keys(sinks).map((name) => ({ name, audience: traits.audience }));
  return { get: (name: string) => sinks[name], traitsOf: () => traits, destinations: () => destinations };
}

/** Times for tests: so many minutes after noon. */
export function at(minutes: number): Date {
  return new Date(Date.UTC(2026, 2, 1, 12) + minutes * 60_000);
}

export function webhook(provider: string, body: unknown, receivedAt = at(0)): Observation {
  const text = JSON.stringify(body);
  return {
    id: webhookId(provider, text),
    provider,
    via: "webhook",
    receivedAt: receivedAt.toISOString(),
    body: text,
  };
}

/** A configuration on disk. JSON is YAML, too. */
export async function writeConfig(providers: readonly Entry[], sinks: Sinks = {}, rules: object = {}) {
  const folder = await mkdtemp(join(tmpdir(), "statuswire-worker-"));
  const path = join(folder, "statuswire.yaml");
  const outbound = { allowPrivate: true };
  const rewrite = (entries: readonly Entry[], places = sinks, more: object = rules) =>
    writeFile(path, JSON.stringify({ providers: entries, sinks: places, outbound, ...more }));
  await rewrite(providers);
  return { path, rewrite, remove: () => rm(folder, { recursive: true, force: true }) };
}

export function types(events: readonly Event[]): string[] {
  return events.map(({ type }) => type);
}
