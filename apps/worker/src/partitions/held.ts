import { type Lease, partitionName, partitionOf } from "@statuswire/queues";
import { LeaseLostError } from "@statuswire/status";

/** The leases that a process holds. */
export interface Held {
  /** The lease under which a provider's work is done. Throws LeaseLostError when the process does not hold it, or can't be sure. */
  leaseOf(provider: string): Lease;
  /** Whether the process does a provider's work now. */
  holds(provider: string): boolean;
  /** Throws LeaseLostError when the process does not hold this lease, or can't be sure. */
  check(lease: Lease): void;
  /** All, in order of partition. */
  all(): readonly Lease[];
}

/** `Held` for whoever keeps it up to date. */
export interface HeldTable extends Held {
  put(lease: Lease): void;
  remove(lease: Lease): void;
  /** Redis has confirmed all leases; they hold until then, by the clock of `now`. */
  confirmed(until: number): void;
}

interface Options {
  partitionCount: number;
  /** Ms of a clock that never jumps. */
  now(): number;
}

/**
 * The leases of this process in memory. What Redis has not confirmed for as long as leases last counts as lost: a process that was
 * paused learns from the clock, before it asks anybody, that another may have taken over.
 */
export function createHeld({ partitionCount, now }: Options): HeldTable {
  const leases = new Map<number, Lease>();
  let validUntil = 0;

  function find(provider: string): Lease | undefined {
    return now() < validUntil ? leases.get(partitionOf(provider, partitionCount)) : undefined;
  }

  return {
    leaseOf(provider) {
      const lease = find(provider);
      if (!lease) throw new LeaseLostError(provider);
      return lease;
    },
    check({ partition, token }) {
      if (now() >= validUntil || leases.get(partition)?.token !== token)
        throw new LeaseLostError(`partition ${partitionName(partition)}`);
    },
    holds: (provider) => find(provider) !== undefined,
    all: () => [...leases.values()].toSorted((one, other) => one.partition - other.partition),
    put: (lease) => void leases.set(lease.partition, lease),
    remove(lease) {
      if (leases.get(lease.partition)?.token === lease.token) leases.delete(lease.partition);
    },
    confirmed: (until) => void (validUntil = until),
  };
}
