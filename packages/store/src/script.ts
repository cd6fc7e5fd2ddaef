import type { Redis, Result } from "ioredis";

/**
 * Moves a provider's state, notes what that adds to its past and appends the events of the move, or does nothing: the caller must hold the
 * lease on the provider's partition, where it names one, and the version that it read must still be the current one. Run twice, the second finds another version. A version is a time, so that one from before the
 * state was lost, or restored from a backup, never comes again. Every argument is checked before, because Redis
 * does not undo the first half of a script that fails in the second.
 *
 * KEYS: known, events, providers, past, leases. ARGV: field of the lease, its token or nothing, provider, version read, how many set, field, value, …, how many removed, field, …,
 * of the past how many set, field, value, …, how many lengthened, field, by what, …, then an id and a body for each event.
 */
const transition = `
if ARGV[2] ~= '' and redis.call('HGET', KEYS[5], ARGV[1]) ~= ARGV[2] then return {'lease lost'} end
local current = redis.call('HGET', KEYS[1], 'version') or '0'
if current ~= ARGV[4] then return {'conflict', current} end
local at = 5
local sets = tonumber(ARGV[at])
for i = 1, sets do
  redis.call('HSET', KEYS[1], ARGV[at + 1], ARGV[at + 2])
  at = at + 2
end
at = at + 1
local removals = tonumber(ARGV[at])
for i = 1, removals do
  redis.call('HDEL', KEYS[1], ARGV[at + 1])
  at = at + 1
end
at = at + 1
local pasts = tonumber(ARGV[at])
for i = 1, pasts do
  redis.call('HSET', KEYS[4], ARGV[at + 1], ARGV[at + 2])
  at = at + 2
end
at = at + 1
local longer = tonumber(ARGV[at])
for i = 1, longer do
  redis.call('HSET', KEYS[4], ARGV[at + 1], (redis.call('HGET', KEYS[4], ARGV[at + 1]) or '') .. ARGV[at + 2])
  at = at + 2
end
local time = redis.call('TIME')
local version = string.format('%.0f', math.max(time[1] * 1000000 + time[2], current + 1))
redis.call('HSET', KEYS[1], 'version', version)
local answer = {'moved', version}
redis.call('SADD', KEYS[3], ARGV[3])
for i = at + 1, #ARGV, 2 do
  answer[#answer + 1] = redis.call('XADD', KEYS[2], '*', 'id', ARGV[i], 'event', ARGV[i + 1])
end
return answer
`;

declare module "ioredis" {
  interface RedisCommander<Context> {
    transition(...keysAndArguments: string[]): Result<string[], Context>;
  }
}

/** Teaches a connection the script. */
export function defineTransition(redis: Redis): void {
  redis.defineCommand("transition", { numberOfKeys: 5, lua: transition });
}
