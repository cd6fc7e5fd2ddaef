/** What a Redis has said of itself; what it would not say is undefined. */
export interface RedisFacts {
  version: string | undefined;
  evictionPolicy: string | undefined;
  appendOnly: string | undefined;
  appendFsync: string | undefined;
  /** Whether replicas follow it, and whether it takes writes without them. */
  replication: string | undefined;
  /** How far its clock is ahead of ours, in ms. */
  aheadMs: number | undefined;
}

/** Why what was accepted may be lost, or what depends on time may go wrong. */
type RedisRisk = "version" | "eviction" | "persistence" | "sync" | "replication" | "clock";

export interface Finding {
  risk: RedisRisk;
  /** Undefined: it could not be found out. */
  isRisky: boolean | undefined;
  found: string | undefined;
  wanted: string;
}

/** What BullMQ recommends, and the oldest that has all the commands we use. */
const oldestVersion = "6.2.0";

/** Further apart, and delayed jobs, rate limits and replay windows are off by as much. */
const farthestMs = 2_000;

/** How a Redis stands to its replicas when it has some and needs none of them. */
export const takesWritesAlone = "min-replicas-to-write 0";

/** What is to be said of a Redis, by what it says of itself. */
export function risksOf(facts: RedisFacts): Finding[] {
  const { version, evictionPolicy, appendOnly, appendFsync, replication, aheadMs } = facts;
  return [
    finding("version", version, { wanted: `${oldestVersion} or newer`, isFine: isRecent }),
    finding("eviction", evictionPolicy, { wanted: "maxmemory-policy noeviction", isFine: is("noeviction") }),
    finding("persistence", appendOnly, { wanted: "appendonly yes", isFine: is("yes") }),
    finding("sync", appendFsync, { wanted: "appendfsync always", isFine: is("always") }),
    // Cut off from its replicas it would go on taking what nobody will know of.
    finding("replication", replication, { wanted: "min-replicas-to-write 1", isFine: isNot(takesWritesAlone) }),
    finding("clock", aheadMs?.toString(), {
      wanted: `within ${farthestMs} ms of ours`,
      isFine: (ahead) => Math.abs(Number(ahead)) <= farthestMs,
    }),
  ];
}

function finding(
  risk: RedisRisk,
  found: string | undefined,
  { wanted, isFine }: { wanted: string; isFine(found: string): boolean },
): Finding {
  return { risk, found, wanted, isRisky: found === undefined ? undefined : !isFine(found) };
}

function is(wanted: string): (found: string) => boolean {
  return (found) => found === wanted;
}

function isNot(unwanted: string): (found: string) => boolean {
  return (found) => found !== unwanted;
}

function isRecent(version: string): boolean {
  return version.localeCompare(oldestVersion, "en", { numeric: true }) >= 0;
}
