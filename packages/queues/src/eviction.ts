import type { Job } from "bullmq";
import type { Redis } from "ioredis";
import { type Grave, graveIn } from "./dead-letters.ts";
import { prefix, type Queues } from "./queues.ts";

/** What a dead letter is to those who must make room: the payload of a sender who proved nothing, another payload, or a delivery. */
export const letterClasses = ["unproven", "payload", "delivery"] as const;
export type LetterClass = (typeof letterClasses)[number];

/** A dead letter as far as its eviction is concerned. */
export interface Kept {
  id: string;
  class: LetterClass;
  bytes: number;
  /** Epoch ms. */
  failedAt: number;
}

/** How many dead letters are kept, how long, and how many bytes of them. */
export interface Limits {
  count: number;
  ageMs: number;
  bytes: number;
}

/** What senders who proved nothing may take of these. */
const shareOfUnproven = { count: 0.1, bytes: 0.125 };

/**
 * The dead letters that have to go: those too old; of senders who proved nothing, those beyond their share; and then as many as are too
 * many in all, failed deliveries last. The oldest go first.
 */
export function evicted(letters: readonly Kept[], limits: Limits & { now: number }): Kept[] {
  const { now, count, bytes, ageMs } = limits;
  const newestFirst = letters.toSorted((one, other) => other.failedAt - one.failedAt);
  const fresh = newestFirst.filter(({ failedAt }) => now - failedAt <= ageMs);
  const unproven = fitting(
    fresh.filter((letter) => letter.class === "unproven"),
    { count: Math.floor(count * shareOfUnproven.count), bytes: Math.floor(bytes * shareOfUnproven.bytes) },
  );
  const mostWorthFirst = [
    ...fresh.filter((letter) => letter.class === "delivery"),
    ...fresh.filter((letter) => letter.class === "payload"),
    ...unproven,
  ];
  const kept = new Set(fitting(mostWorthFirst, limits));
  return newestFirst.filter((letter) => !kept.has(letter)).toReversed();
}

// As many from the beginning as there is room for.
function fitting(letters: readonly Kept[], { count, bytes }: Omit<Limits, "ageMs">): readonly Kept[] {
  let left = bytes;
  const end = letters.findIndex((letter, index) => index >= count || (left -= letter.bytes) < 0);
  return end < 0 ? letters : letters.slice(0, end);
}

/** A hash: what `Kept` says of each dead letter, so that they need not be read again and again. */
const index = `${prefix}:dead-letter-sizes`;

interface Dependencies {
  queues: Pick<Queues, "dead-letters">;
  redis: Redis;
}

/** Removes the dead letters that have to go; gives those that it removed, with what they carried. Several may do it at once. */
export async function evictDeadLetters(
  { queues: { "dead-letters": deadLetters }, redis }: Dependencies,
  limits: Limits & { now: number },
): Promise<(Grave & { class: LetterClass })[]> {
  const removed: (Grave & { class: LetterClass })[] = [];
  for (const letter of evicted(await keptIn({ deadLetters, redis }), limits)) {
    const grave = graveIn((await deadLetters.getJob(letter.id)) as Job | undefined);
    if ((await deadLetters.remove(letter.id)) === 1 && grave) removed.push({ ...grave, class: letter.class });
    await redis.hdel(index, letter.id);
  }
  return removed;
}

interface Place {
  deadLetters: Queues["dead-letters"];
  redis: Redis;
}

async function keptIn({ deadLetters, redis }: Place): Promise<Kept[]> {
  const [ids, known] = await Promise.all([redis.lrange(deadLetters.toKey("wait"), 0, -1), redis.hgetall(index)]);
  const there = new Set(ids);
  const gone = Object.keys(known).filter((id) => !there.has(id));
  if (gone.length) await redis.hdel(index, ...gone);
  const kept: Kept[] = [];
  for (const id of ids) {
    const text = known[id];
    const letter = text === undefined ? await measured(id, { deadLetters, redis }) : decode(id, text);
    if (letter) kept.push(letter);
  }
  return kept;
}

async function measured(id: string, { deadLetters, redis }: Place): Promise<Kept | undefined> {
  const job = (await deadLetters.getJob(id)) as Job | undefined;
  if (!job) return undefined;
  const grave = graveIn(job);
  const letter = {
    id,
    class: grave ? classOf(grave) : ("payload" as const),
    bytes: Buffer.byteLength(JSON.stringify(job.data)),
    failedAt: grave ? Date.parse(grave.letter.failedAt) : job.timestamp,
  };
  await redis.hset(index, id, `${letter.class} ${letter.bytes} ${letter.failedAt}`);
  return letter;
}

function decode(id: string, text: string): Kept {
  const [word, bytes, failedAt] = text.split(" ");
  const known = letterClasses.find((one) => one === word) ?? "payload";
  return { id, class: known, bytes: Number(bytes), failedAt: Number(failedAt) };
}

function classOf({ letter: { data } }: Grave): LetterClass {
  if (typeof data !== "object" || data === null) return "payload";
  if ("sink" in data) return "delivery";
  const observations: unknown[] =
    "observations" in data && Array.isArray(data.observations) ? data.observations : [];
  return observations.some(isUnproven) ? "unproven" : "payload";
}

function isUnproven(observation: unknown): boolean {
  if (typeof observation !== "object" || observation === null) return false;
  return "isUnproven" in observation && observation.isUnproven === true;
}
