import { Redis, type RedisOptions } from "ioredis";
import { followMaster } from "./follow-master.ts";
import { readReplicated } from "./redis-url.ts";

/** How a process leans on Redis, and so how it behaves when Redis is away. */
export type Role = "producer" | "worker" | "reader";

const retryStrategy = (attempt: number) => Math.min(50 * 2 ** Math.min(attempt, 5), 1000) + Math.random() * 100;
const reconnectEveryMs = 1000;

/**
 * A producer must know at once that Redis is away, and keeps nothing in memory for it; that Redis hangs, `groupCommit` tells.
 * A worker waits for ever: a command timeout would abort its blocking reads (BullMQ issue 2619). A reader fails soon, too.
 */
const manners = {
  producer: { enableOfflineQueue: false, maxRetriesPerRequest: 0, connectTimeout: 1000, commandTimeout: 5000 },
  worker: { maxRetriesPerRequest: null },
  reader: { maxRetriesPerRequest: 1, connectTimeout: 2000, commandTimeout: 5000 },
} satisfies Record<Role, RedisOptions>;

/**
 * Connects to `redis://`, `rediss://`, a unix socket (`unix:///path` or a bare path), or to the master that `redis+sentinel://` or
 * `redis+cluster://` leads to, whoever that is at the time. Errors are the caller's to hear; throws an Error for a mistaken URL.
 */
export function connect(url: string, role: Role): Redis {
  const options = {
    ...manners[role],
    retryStrategy,
    reconnectOnError: reconnectWhenRefused(),
    connectionName: `statuswire-${role}`,
  };
  const replicated = readReplicated(url);
  if (replicated) return new Redis({ ...options, ...replicated.access, Connector: followMaster(replicated) });
  const path = /^(?:unix:\/\/)?(\/.*)$/.exec(url)?.[1];
  return path ? new Redis(path, options) : new Redis(url, options);
}

// After a failover another server may take writes: connects anew, and asks again. Where none does, only once a second, or
// every answer would be the reason for the next question.
function reconnectWhenRefused(): (error: Error) => 2 | false {
  let lastAt = Number.NEGATIVE_INFINITY;
  return ({ message }) => {
    if (!/^(READONLY|MOVED)\b/.test(message) || performance.now() - lastAt < reconnectEveryMs) return false;
    lastAt = performance.now();
    return 2;
  };
}
