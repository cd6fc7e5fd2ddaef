import { type Known, LeaseLostError, type Via } from "@statuswire/status";
import type { Redis } from "ioredis";
import { keys } from "./keys.ts";
import { defineTransition } from "./script.ts";
import { decode, isEmpty } from "./state.ts";
import { type Moved, type Pending, settle, type Step, walk, type Walked } from "./walk.ts";

export interface Store {
  /** Moves a provider's state and records what changed: both, or neither. Steps that wait together move together. */
  transition(provider: string, step: Step, how: { via: Via; at: string }): Promise<Moved>;
  /** Reads the state of these providers anew before their next steps: another process may have moved it. */
  forget(isMeant: (provider: string) => boolean): void;
  /** All that is known of one provider. */
  known(provider: string): Promise<Known>;
  /** The providers of which anything is known, in order of name. */
  providers(): Promise<string[]>;
}

interface Version {
  version: string;
  known: Known;
}

/** The right to write for a provider: a field of the lease hash, and what it must say. */
export interface Fence {
  field: string;
  token: string;
}

interface Options {
  /** The lease under which a provider is written; without it, or for undefined, none is asked for. Throws when it is not held. */
  fenceOf?(provider: string): Fence | undefined;
  /** Somebody else had moved a provider's state since it was read: that does not happen where all writers hold leases. */
  conflicted?(provider: string): void;
}

/** How many providers' states are kept at hand; others are read again. */
const remembered = 500;
/** More conflicts in a row than this mean something else is wrong. */
const mostConflicts = 100;

/**
 * The memory on Redis. State is kept at hand between steps, since whoever holds a provider's lease is the only one who writes it; that
 * its version is still current is checked with each write all the same.
 */
export function createStore(redis: Redis, { fenceOf, conflicted }: Options = {}): Store {
  defineTransition(redis);
  const atHand = new Map<string, Version>();
  const waiting = new Map<string, Pending[]>();

  async function read(provider: string, before?: Known): Promise<Version> {
    return decode(await redis.hgetall(keys.known(provider)), before);
  }

  async function versionOf(provider: string): Promise<string> {
    return (await redis.hget(keys.known(provider), "version")) ?? "0";
  }

  function remember(provider: string, version: Version): void {
    atHand.delete(provider);
    atHand.set(provider, version);
    const oldest = atHand.keys().next().value;
    if (atHand.size > remembered && oldest !== undefined) atHand.delete(oldest);
  }

  /** One provider's steps run one batch after another, so that a process never contends with itself. */
  async function drain(provider: string, queue: Pending[]): Promise<void> {
    // The steps that are begun together go together.
    await Promise.resolve();
    while (queue.length) await move(provider, queue).catch(() => undefined);
    waiting.delete(provider);
  }

  async function move(provider: string, queue: Pending[]): Promise<void> {
    const batch = queue.splice(0);
    try {
      let before = atHand.get(provider) ?? (await read(provider));
      for (let conflicts = 0; conflicts < mostConflicts; conflicts++) {
        // What has come meanwhile goes along.
        batch.push(...queue.splice(0));
        const walked = walk(provider, before.known, batch);
        const moved = await write(provider, before, walked);
        if (moved === undefined) {
          conflicted?.(provider);
          before = await read(provider, before.known);
          continue;
        }
        remember(provider, { version: moved.version, known: walked.known });
        settle(walked, moved.seqs);
        return;
      }
      throw new Error(`The state of ${provider} kept moving under ${batch.length} steps.`);
    } catch (error) {
      atHand.delete(provider);
      for (const { reject } of batch) reject(error);
      throw error;
    }
  }

  /** The new version and the places of the events; undefined when somebody else was faster. Throws LeaseLostError. */
  async function write(
    provider: string,
    before: Version,
    walked: Walked,
  ): Promise<{ version: string; seqs: string[] } | undefined> {
    const { set, remove } = walked.difference;
    if (isEmpty(walked.difference) && !walked.events.length) {
      const current = await versionOf(provider);
      return current === before.version ? { version: current, seqs: [] } : undefined;
    }
    const { field, token } = fenceOf?.(provider) ?? { field: "", token: "" };
    const [outcome, version, ...seqs] = await redis.transition(
      keys.known(provider),
      keys.events,
      keys.providers,
      keys.past(provider),
      keys.leases,
      field,
      token,
      provider,
      before.version,
      ...counted(set),
      String(remove.length),
      ...remove,
      ...counted(walked.past.set),
      ...counted(walked.past.append),
      ...walked.events.flatMap((event) => [event.id, JSON.stringify(event)]),
    );
    if (outcome === "lease lost") throw new LeaseLostError(provider);
    return outcome === "moved" && version !== undefined ? { version, seqs } : undefined;
  }

  return {
    forget(isMeant) {
      for (const provider of [...atHand.keys()].filter(isMeant)) atHand.delete(provider);
    },
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

function counted(fields: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(fields);
  return [String(entries.length), ...entries.flat()];
}
