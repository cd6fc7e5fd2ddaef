import type { Redis } from "ioredis";
import { groupsOf } from "./groups.ts";
import { keys } from "./keys.ts";

/** Nobody who lives is silent for so long: members ask for events every two seconds. */
const silentMs = 60 * 60 * 1000;

// KEYS: events. ARGV: group, ms. In one go: who woke up in between would lose what it took.
const dismiss = `
local dismissed = 0
for _, facts in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local member = {}
  for at = 1, #facts, 2 do member[facts[at]] = facts[at + 1] end
  if member.pending == 0 and member.idle >= tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], member.name)
    dismissed = dismissed + 1
  end
end
return dismissed
`;

/**
 * Forgets the log's readers that have not asked for anything for an hour and have nothing in hand: each process reads under a
 * name of its own, and one that died never leaves. Returns how many there were.
 */
export async function dismissSilent(
  redis: Redis,
  { idleMs = silentMs }: { idleMs?: number } = {},
): Promise<number> {
  const groups = await groupsOf(redis);
  const dismissed = await Promise.all(
    groups.map(async ({ name }) => Number(await redis.eval(dismiss, 1, keys.events, name, idleMs))),
  );
  return dismissed.reduce((sum, count) => sum + count, 0);
}
