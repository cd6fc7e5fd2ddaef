import { type Change, NetworkState } from "@statuswire/status";
import type { Redis, Result } from "ioredis";
import { keys } from "./keys.ts";
import { eventOf } from "./walk.ts";

/** What the outcomes of all workers' polls say of our own network. */
interface Verdict {
  isLost: boolean;
  /** How many hosts can't be reached, of those that were reached lately or can't be. */
  down: number;
  hosts: number;
}

export interface Networks {
  of(): Promise<NetworkState>;
  /** Notes whether a host was reached (epoch ms). What that says of our network, if it is not what was declared. */
  note(host: string, how: { isReached: boolean; at: number }): Promise<Verdict | undefined>;
  /** Records the event, if the outcomes still say so and nobody else has declared it. Whether it was recorded. */
  declare(change: Change, how: { isLost: boolean; at: string }): Promise<boolean>;
}

/** Fewer hosts than this say nothing of our own network. */
const fewestHosts = 3;
/** Hosts that failed within this time of each other failed at the same time; what answered longer ago is no evidence. */
const [togetherMs, evidenceMs] = [10 * 60_000, 5 * 60_000];
/** A hiccup is shorter. */
const lastingMs = 60_000;
/** Hosts that nobody asks any more are forgotten. */
const forgottenMs = 30 * 24 * 60 * 60_000;

/**
 * Whether most hosts fail: four of five of those that were asked, for a minute at least, and all of them since ten minutes at most.
 * A host that has failed for long, or answers with an error, is no sign. Lost, it is back once half of the hosts that failed have answered.
 */
const judge = `
local function judge(now)
  local lost = redis.call('HGET', KEYS[1], 'lostMs')
  if lost then
    local up = redis.call('ZCOUNT', KEYS[2], lost, '+inf')
    local down = redis.call('ZCOUNT', KEYS[3], lost - ${togetherMs}, '+inf')
    return (up > 0 and up >= down) and 'restored' or '', down, up + down
  end
  local since = now - ${togetherMs}
  local down = redis.call('ZCOUNT', KEYS[3], since, '+inf')
  if down < ${fewestHosts} then return '', down, down end
  local up = redis.call('ZCOUNT', KEYS[2], now - ${evidenceMs}, '+inf')
  local first = redis.call('ZRANGE', KEYS[3], since, '+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')
  local lasts = now - tonumber(first[2]) >= ${lastingMs}
  return (lasts and down >= 4 * up) and 'lost' or '', down, up + down
end
`;

/** KEYS: network, reached, unreached. ARGV: host, whether it was reached, epoch ms. */
const note = `${judge}
local now = tonumber(ARGV[3])
if ARGV[2] == '1' then
  redis.call('ZREM', KEYS[3], ARGV[1])
  redis.call('ZADD', KEYS[2], 'GT', now, ARGV[1])
else
  redis.call('ZREM', KEYS[2], ARGV[1])
  redis.call('ZADD', KEYS[3], 'NX', now, ARGV[1])
end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now - ${forgottenMs})
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', now - ${forgottenMs})
return {judge(now)}
`;

/** KEYS: network, reached, unreached, events. ARGV: the verdict, epoch ms, ISO 8601, the event's id and JSON. */
const declare = `${judge}
if judge(tonumber(ARGV[2])) ~= ARGV[1] then return 0 end
if ARGV[1] == 'lost' then
  redis.call('HDEL', KEYS[1], 'restoredAt')
  redis.call('HSET', KEYS[1], 'lostAt', ARGV[3], 'lostMs', ARGV[2])
else
  redis.call('HDEL', KEYS[1], 'lostAt', 'lostMs')
  redis.call('HSET', KEYS[1], 'restoredAt', ARGV[3])
end
redis.call('XADD', KEYS[4], '*', 'id', ARGV[4], 'event', ARGV[5])
return 1
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    noteHost(...keysAndArguments: (string | number)[]): Result<[string, number, number], Context>;
    declareNetwork(...keysAndArguments: (string | number)[]): Result<number, Context>;
  }
}

/** What all workers' polls say of our own network, on Redis: decided there, so that it is decided once. */
export function createNetworks(redis: Redis): Networks {
  redis.defineCommand("noteHost", { numberOfKeys: 3, lua: note });
  redis.defineCommand("declareNetwork", { numberOfKeys: 4, lua: declare });
  return {
    of: async () => NetworkState.parse(await redis.hgetall(keys.network)),
    async note(host, { isReached, at }) {
      const places = [keys.network, keys.reached, keys.unreached];
      const [verdict, down, hosts] = await redis.noteHost(...places, host, Number(isReached), at);
      return verdict ? { isLost: verdict === "lost", down, hosts } : undefined;
    },
    async declare(change, { isLost, at }) {
      const event = eventOf("statuswire", change, { via: "poll", at });
      const places = [keys.network, keys.reached, keys.unreached, keys.events];
      const verdict = isLost ? "lost" : "restored";
      const said = [verdict, Date.parse(at), at, event.id, JSON.stringify(event)];
      return (await redis.declareNetwork(...places, ...said)) === 1;
    },
  };
}
