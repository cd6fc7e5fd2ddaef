import { createHash } from "node:crypto";
import type { Change, Comparison, Event, Known, Via } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";
import { defineTransition } from "./script.ts";
import { decode, type Difference, difference, isEmpty } from "./state.ts";

/** A pure step from what is known to what is known next, with the changes on the way. */
export type Step = (known: Known) => Comparison;

export interface Moved {
  known: Known;
  /** The events appended, oldest first; none when the step told nothing new. */
  events: Event[];
}

export interface Store {
  /** Moves a provider's state and records what changed: both, or neither. Steps that wait together move together. */
  transition(provider: string, step: Step, how: { via: Via; at: string }): Promise<Moved>;
  /** All that is known of one provider. */
  known(provider: string): Promise<Known>;
  /** The providers of which anything is known, in order of name. */
  providers(): Promise<string[]>;
}

interface Pending {
  step: Step;
  via: Via;
  at: string;
  resolve(moved: Moved): void;
  reject(error: unknown): void;
}

interface Version {
  version: string;
  known: Known;
}

/** How many providers' states are kept at hand; others are read again. */
const remembered = 200;
/** More conflicts in a row than this mean something else is wrong. */
const mostConflicts = 100;

/** The memory on Redis. State is kept at hand between steps and trusted only as far as its version is still current. */
export function createStore(redis: Redis): Store {
  defineTransition(redis);
  const atHand = new Map<string, Version>();
  const waiting = new Map<string, Pending[]>();

  async function read(provider: string): Promise<Version> {
    return decode(await redis.hgetall(keys.known(provider)));
  }

  function remember(provider: string, version: Version): void {
    atHand.delete(provider);
    atHand.set(provider, version);
    const oldest = atHand.keys().next().value;
    if (atHand.size > remembered && oldest !== undefined) atHand.delete(oldest);
  }

  /** One provider's steps run one batch after another, so that a process never contends with itself. */
  async function drain(provider: string, queue: Pending[]): Promise<void> {
    while (queue.length) await move(provider, queue.splice(0)).catch(() => undefined);
    waiting.delete(provider);
  }

  async function move(provider: string, batch: Pending[]): Promise<void> {
    try {
      for (let conflicts = 0; conflicts < mostConflicts; conflicts++) {
        const before = atHand.get(provider) ?? (await read(provider));
        const walked = walk(provider, before.known, batch);
        const version = await write(provider, before, walked);
        if (version === undefined) {
          atHand.delete(provider);
          continue;
        }
        remember(provider, { version: version.version, known: walked.known });
        settle(walked, version.seqs);
        return;
      }
      throw new Error(`The state of ${provider} kept moving under ${batch.length} steps.`);
    } catch (error) {
      atHand.delete(provider);
      for (const { reject } of batch) reject(error);
      throw error;
    }
  }

  /** The new version and the places of the events; undefined when somebody else was faster. */
  async function write(
    provider: string,
    before: Version,
    walked: Walked,
  ): Promise<{ version: string; seqs: string[] } | undefined> {
    const { set, remove } = walked.difference;
    if (isEmpty(walked.difference) && !walked.events.length) {
      const current = (await redis.hget(keys.known(provider), "version")) ?? "0";
      return current === before.version ? { version: current, seqs: [] } : undefined;
    }
    const [outcome, version, ...seqs] = await redis.transition(
      keys.known(provider),
      keys.events,
      keys.providers,
      provider,
      before.version,
      String(Object.keys(set).length),
      ...Object.entries(set).flat(),
      String(remove.length),
      ...remove,
      ...walked.events.flatMap((event) => [event.id, JSON.stringify(event)]),
    );
    return outcome === "moved" && version !== undefined ? { version, seqs } : undefined;
  }

  return {
    transition: (provider, step, { via, at }) =>
      new Promise((resolve, reject) => {
        const pending = { step, via, at, resolve, reject };
        const queue = waiting.get(provider);
        if (queue) queue.push(pending);
        else {
          const fresh = [pending];
          waiting.set(provider, fresh);
          void drain(provider, fresh);
        }
      }),
    known: async (provider) => (await read(provider)).known,
    providers: async () => (await redis.smembers(keys.providers)).sort(),
  };
}

type Unplaced = Omit<Event, "seq">;

interface Walked {
  known: Known;
  difference: Difference;
  events: Unplaced[];
  /** Who gets which events, or which error, once they are written. */
  outcomes: { pending: Pending; known: Known; count: number; error?: unknown }[];
}

/** Takes the steps one after another. One that throws is left out and costs the others nothing. */
function walk(provider: string, start: Known, batch: Pending[]): Walked {
  let known = start;
  const events: Unplaced[] = [];
  const outcomes = batch.map((pending) => {
    try {
      const { known: next, changes } = pending.step(known);
      known = next;
      events.push(...changes.map((change) => eventOf(provider, change, pending)));
      return { pending, known, count: changes.length };
    } catch (error) {
      return { pending, known, count: 0, error };
    }
  });
  return { known, difference: difference(start, known), events, outcomes };
}

function settle({ events, outcomes }: Walked, seqs: string[]): void {
  const placed = events.map((event, index): Event => ({ ...event, seq: seqs[index] ?? "" }));
  for (const { pending, known, count, error } of outcomes) {
    if (error === undefined) pending.resolve({ known, events: placed.splice(0, count) });
    else pending.reject(error);
  }
}

// The same change always has the same id, whoever told it.
function eventOf(provider: string, { key, ...change }: Change, { via, at }: Pending): Unplaced {
  const digest = createHash("sha256").update(provider).update("\0").update(key).digest("hex");
  return { id: `evt_${digest.slice(0, 32)}`, provider, observedAt: at, via, ...change };
}
