import type { Known, Via } from "@statuswire/status";
import type { Redis } from "ioredis";
import pLimit from "p-limit";
import { keys } from "./keys.ts";
import { defineTransition } from "./script.ts";
import { decode, isEmpty } from "./state.ts";
import { type Moved, type Pending, settle, type Step, walk, type Walked } from "./walk.ts";

export interface Store {
  /** Moves a provider's state and records what changed: both, or neither. Steps that wait together move together. */
  transition(provider: string, step: Step, how: { via: Via; at: string }): Promise<Moved>;
  /** All that is known of one provider. */
  known(provider: string): Promise<Known>;
  /** The providers of which anything is known, in order of name. */
  providers(): Promise<string[]>;
}

interface Version {
  version: string;
  known: Known;
  /** Whether another process has lately moved it, too: then it is looked at again before the next step is taken from it. */
  isShared: boolean;
}

/** How many providers' states are kept at hand; others are read again. */
const remembered = 200;
/** More conflicts in a row than this mean something else is wrong. */
const mostConflicts = 100;
/**
 * How many providers move at once. Enough to work while Redis writes; more would only lengthen the time between reading a state and
 * writing the next, in which another process may move it.
 */
const abreast = 8;

/** The memory on Redis. State is kept at hand between steps and trusted only as far as its version is still current. */
export function createStore(redis: Redis): Store {
  defineTransition(redis);
  const atHand = new Map<string, Version>();
  const waiting = new Map<string, Pending[]>();
  const turn = pLimit(abreast);

  async function read(provider: string, before?: Known): Promise<Omit<Version, "isShared">> {
    return decode(await redis.hgetall(keys.known(provider)), before);
  }

  async function versionOf(provider: string): Promise<string> {
    return (await redis.hget(keys.known(provider), "version")) ?? "0";
  }

  /** The state to begin with: as it is at hand, where nobody else moves it. */
  async function newest(provider: string): Promise<Version> {
    const before = atHand.get(provider);
    if (!before) return { ...(await read(provider)), isShared: false };
    if (!before.isShared) return before;
    if ((await versionOf(provider)) === before.version) return { ...before, isShared: false };
    return { ...(await read(provider, before.known)), isShared: true };
  }

  function remember(provider: string, version: Version): void {
    atHand.delete(provider);
    atHand.set(provider, version);
    const oldest = atHand.keys().next().value;
    if (atHand.size > remembered && oldest !== undefined) atHand.delete(oldest);
  }

  /** One provider's steps run one batch after another, so that a process never contends with itself. */
  async function drain(provider: string, queue: Pending[]): Promise<void> {
    while (queue.length) await turn(() => move(provider, queue)).catch(() => undefined);
    waiting.delete(provider);
  }

  async function move(provider: string, queue: Pending[]): Promise<void> {
    const batch = queue.splice(0);
    try {
      let before = await newest(provider);
      for (let conflicts = 0; conflicts < mostConflicts; conflicts++) {
        // What has come meanwhile goes along.
        batch.push(...queue.splice(0));
        const walked = walk(provider, before.known, batch);
        const moved = await write(provider, before, walked);
        if (moved === undefined) {
          before = { ...(await read(provider, before.known)), isShared: true };
          continue;
        }
        remember(provider, { version: moved.version, known: walked.known, isShared: before.isShared });
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

  /** The new version and the places of the events; undefined when somebody else was faster. */
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
    const [outcome, version, ...seqs] = await redis.transition(
      keys.known(provider),
      keys.events,
      keys.providers,
      keys.past(provider),
      provider,
      before.version,
      ...counted(set),
      String(remove.length),
      ...remove,
      ...counted(walked.past.set),
      ...counted(walked.past.append),
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

function counted(fields: Readonly<Record<string, string>>): string[] {
  const entries = Object.entries(fields);
  return [String(entries.length), ...entries.flat()];
}
