import { setTimeout as wait } from "node:timers/promises";
import { balance, type Lease, type Leases, type LeaseView } from "@statuswire/queues";
import { tellTrouble } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";
import type { HeldTable } from "./held.ts";

/** A partition's work in this process. */
export interface PartitionWork {
  /** How much work the partition makes: observations a second, and those that wait. */
  load(): Promise<number>;
  /** Takes no new job, waits for those in hand for so many ms, and hands back what is left; with 0, leaves it as it is. */
  close(patienceMs: number): Promise<void>;
}

interface Dependencies {
  worker: string;
  leases: Leases;
  held: HeldTable;
  ttlMs: number;
  /** How long jobs in hand may take when a partition is given back. */
  patienceMs: number;
  /** What has to be done before this worker takes its first partition. */
  before(): Promise<unknown>;
  /** Begins a partition's work; `load` is what was measured of it so far. */
  open(lease: Lease, load: number): Promise<PartitionWork>;
  /** Partitions have been taken. */
  changed(): void;
  /** Ms of a clock that never jumps. */
  now(): number;
  tell: Tell;
}

/** Somebody has set another number of partitions while this worker ran: it was paused when `statuswire partitions set` looked. */
class PartitionCountError extends Error {
  override readonly name = "PartitionCountError";

  constructor() {
    super(
      "The number of partitions was changed while this worker ran. It ends, and works with the new number when it is started again.",
    );
  }
}

export interface Holder {
  /** A lease turned out to be lost, or not to be sure: its work ends, and begins anew if the lease can be had again. */
  renounce(lease: Lease): void;
  /** The partitions whose work is done here. */
  partitions(): number[];
  /** Ends all work and gives every lease back. `isOnline`: Redis answers. */
  stop(how: { isOnline: boolean }): Promise<void>;
}

const tickMs = 1000;
/** While a partition is changing hands, so that it is idle for a short time only. */
const hastyTickMs = 200;
/** What is in hand under a lost lease writes nothing any more: it may end, but is not waited for. */
const lostMs = 500;
/** What every partition weighs, in observations a second: moves below that are not worth the pause. */
const baseLoad = 10;

/**
 * Holds a share of the partitions: says once a second that this worker lives, gives away what another should hold, and takes what
 * this one should hold and nobody does. Every worker computes the same shares from the same facts; see `balance`.
 */
export function startHolding({
  worker,
  leases,
  held,
  ttlMs,
  patienceMs,
  before,
  open,
  changed,
  now,
  tell,
}: Dependencies): Holder {
  const works = new Map<number, PartitionWork>();
  const opening = new Map<number, Promise<void>>();
  const closing = new Map<number, Promise<void>>();
  const stopping = new AbortController();
  let nudge = new AbortController();
  let loads: ReadonlyMap<number, number> = new Map();
  let steadySince = Number.POSITIVE_INFINITY;
  let lastTick = Number.NEGATIVE_INFINITY;
  let wasIdle = false;

  async function loop(): Promise<void> {
    await prepare();
    while (!stopping.signal.aborted) {
      const isChanging = await tick().catch((error: unknown) => {
        if (error instanceof PartitionCountError) throw error;
        if (!stopping.signal.aborted) tellTrouble(tell, { chore: "partitions", error });
        return false;
      });
      nudge = new AbortController();
      const signal = AbortSignal.any([stopping.signal, nudge.signal]);
      await wait(isChanging ? hastyTickMs : tickMs, undefined, { signal }).catch(() => undefined);
    }
  }

  async function prepare(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        await before();
        return;
      } catch (error) {
        tellTrouble(tell, { chore: "partitions", error });
        await wait(tickMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** Whether partitions are changing hands. Waits for nothing but Redis: leases run out while it waits. */
  async function tick(): Promise<boolean> {
    const askedAt = now();
    const [view, isCurrent] = await Promise.all([leases.heartbeat(loads), leases.isCurrent()]);
    // Its queues and leases are of another division: whatever supervises this process starts it anew.
    if (!isCurrent) throw new PartitionCountError();
    if (stopping.signal.aborted) return false;
    if (askedAt - lastTick > ttlMs) steadySince = askedAt;
    lastTick = askedAt;
    held.confirmed(askedAt + ttlMs);
    for (const lease of held.all()) if (view.tokens[lease.partition] !== lease.token) giveUp(lease);
    const target = balance({ ...view, loads: view.loads.map((load) => load + baseLoad) });
    for (const lease of held.all()) if (target[lease.partition] !== worker) giveBack(lease);
    const wanted = target.flatMap((owner, partition) =>
      owner === worker && isFree(view, partition, askedAt) ? [partition] : [],
    );
    for (const lease of await leases.claim(wanted)) take(lease, view.loads[lease.partition] ?? 0);
    loads = await measured();
    report();
    return closing.size > 0 || target.some((owner, partition) => owner === worker && !works.has(partition));
  }

  async function measured(): Promise<Map<number, number>> {
    const measuring = [...works].map(async ([partition, work]) => [partition, await work.load()] as const);
    return new Map(await Promise.all(measuring));
  }

  // After Redis was away nobody has been heard of for a while: those who live get the time to say so.
  function isFree({ owners, tokens }: LeaseView, partition: number, at: number): boolean {
    if (![undefined, worker].includes(owners[partition])) return false;
    if ([works, opening, closing].some((changing) => changing.has(partition))) return false;
    return tokens[partition] === undefined || at - steadySince >= tickMs;
  }

  function take(lease: Lease, load: number): void {
    const { partition } = lease;
    held.put(lease);
    const opened = open(lease, load)
      .then((work) => {
        works.set(partition, work);
        tell("partition.taken", { partition });
        changed();
      })
      .catch(async (error: unknown) => {
        tellTrouble(tell, { chore: "partitions", error });
        held.remove(lease);
        await leases.release([lease]).catch(() => undefined);
      })
      .finally(() => opening.delete(partition));
    opening.set(partition, opened);
  }

  /** Ends the work first: the next holder must find no job in hand. */
  function giveBack(lease: Lease): void {
    end(lease, patienceMs, async () => {
      held.remove(lease);
      await leases.release([lease]);
      tell("partition.released", { partition: lease.partition });
    });
  }

  function giveUp(lease: Lease): void {
    held.remove(lease);
    tell("partition.lost", { partition: lease.partition });
    end(lease, lostMs, () => Promise.resolve());
  }

  function end({ partition }: Lease, jobsMs: number, after: () => Promise<void>): void {
    if (closing.has(partition)) return;
    const ended = Promise.resolve(opening.get(partition))
      .then(() => works.get(partition)?.close(jobsMs))
      .then(after)
      .catch((error: unknown) => tellTrouble(tell, { chore: "partitions", error }))
      .finally(() => {
        closing.delete(partition);
        works.delete(partition);
      });
    closing.set(partition, ended);
  }

  function report(): void {
    const isIdle = works.size === 0 && opening.size === 0;
    if (isIdle && !wasIdle) tell("partition.none");
    wasIdle = isIdle;
  }

  const running = loop();
  return {
    partitions: () => held.all().map(({ partition }) => partition),
    renounce(lease) {
      giveBack(lease);
      nudge.abort();
    },
    async stop({ isOnline }) {
      stopping.abort();
      // Without Redis, the heartbeat under way is not answered before its connection is closed.
      if (isOnline) await running;
      if (isOnline) await leases.retire();
      if (isOnline) for (const lease of held.all()) giveBack(lease);
      else for (const lease of held.all()) end(lease, 0, () => Promise.resolve());
      await Promise.all(closing.values());
      if (isOnline) await leases.leave();
    },
  };
}
