import { addAlone } from "@statuswire/queues";
import { keys } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { startPart } from "../rig/part.ts";
import { asObservation, layPath, opening, type Path } from "../rig/path.ts";
import type { Stage } from "../rig/stage.ts";
import { toldOf } from "../rig/told.ts";

/** All events are older than wanted, and their readers are behind: each still reads every one, and then they go. */
export const trim: Scenario = {
  id: "trim",
  title: "The log is trimmed while a reader is behind, and another has died with events in hand",
  promises: [10],
  run: (course) => forget(course, () => Promise.resolve(0)),
  control: {
    title: "a log that is trimmed to a length alone, whoever reads it",
    run: (course) => forget(course, (redis) => redis.xtrim(keys.events, "MAXLEN", longest)),
  },
};

const events = 300;
const longest = 100;
/** How far its readers have come: one that is not ours, and our own, of which a member died with some in hand. */
const taken = { archive: 50, dispatch: 100, inHand: 20 };
const ageMs = 2 * 24 * 3600 * 1000;
const toldMs = 20_000;

async function forget({ stage }: Course, trimOtherwise: (redis: Redis) => Promise<number>): Promise<Outcome> {
  const path = await layPath(stage);
  const { redis, printed } = path;
  const titles = await record(stage, path);
  const seqs = await age(redis);
  await fallBehind(redis, seqs);
  await trimOtherwise(redis);
  const before = new Map(printed);

  await runWorker(stage, path, async () => {
    const isTrimmed = async () => (await redis.xlen(keys.events)) < events;
    await waitUntil("what nobody needs to be trimmed", isTrimmed, toldMs).catch(() => undefined);
    await waitUntil("all to be told", () => untold(titles, before, printed) === 0, toldMs).catch(() => undefined);
  });
  const leftBehindReaders = await redis.xlen(keys.events);
  const read = await readOn(redis);
  await runWorker(stage, path, async () => {
    const isEmpty = async () => (await redis.xlen(keys.events)) <= 1;
    await waitUntil("what all have read to be trimmed", isEmpty, toldMs).catch(() => undefined);
  });
  const figures = {
    events,
    leftBehindReaders,
    unread: events - taken.archive - read,
    untold: untold(titles, before, printed),
    leftInTheEnd: await redis.xlen(keys.events),
  };
  return { figures, broken: brokenBy(figures) };
}

/** Has events recorded, and told once. */
async function record(stage: Stage, path: Path): Promise<string[]> {
  const openings = Array.from({ length: events }, (_, index) => opening(index));
  const titles = openings.map(({ title }) => title);
  await addAlone(path.queues, openings.map(asObservation));
  await runWorker(stage, path, async () => {
    const { lost, unprinted } = await toldOf(path, titles, toldMs);
    if (lost + unprinted) throw new Error("The events could not be recorded.");
  });
  return titles;
}

async function runWorker(stage: Stage, path: Path, meanwhile: () => Promise<void>): Promise<void> {
  const program = path.worker();
  const worker = await startPart("worker", { ...program, env: { ...program.env, EVENT_RETENTION_DAYS: "1" } });
  stage.defer(() => worker.stop());
  await meanwhile();
  await worker.stop();
}

/** Writes the log anew as if it were two days older, without its readers. Returns the places, oldest first. */
async function age(redis: Redis): Promise<string[]> {
  const entries = await redis.xrange(keys.events, "-", "+");
  await redis.del(keys.events);
  const seqs: string[] = [];
  for (const [seq, fields] of entries) {
    const [ms, count] = seq.split("-");
    const older = `${Number(ms) - ageMs}-${count ?? "0"}`;
    await redis.xadd(keys.events, older, ...fields);
    seqs.push(older);
  }
  return seqs;
}

async function fallBehind(redis: Redis, seqs: readonly string[]): Promise<void> {
  const placeOf = (count: number) => seqs[count - 1] ?? "0";
  await redis.xgroup("CREATE", keys.events, "archive", placeOf(taken.archive));
  await redis.xgroup("CREATE", keys.events, "dispatch", placeOf(taken.dispatch));
  const some = ["COUNT", taken.inHand, "STREAMS", keys.events, ">"] as const;
  await redis.xreadgroup("GROUP", "dispatch", "dead", ...some);
}

/** How many events the reader that is not ours still gets, to the end. */
async function readOn(redis: Redis): Promise<number> {
  const some = ["COUNT", events, "STREAMS", keys.events, ">"] as const;
  const answer = (await redis.xreadgroup("GROUP", "archive", "reader", ...some)) as [string, [string][]][] | null;
  const seqs = (answer?.[0]?.[1] ?? []).map(([seq]) => seq);
  if (seqs.length) await redis.xack(keys.events, "archive", ...seqs);
  return seqs.length;
}

/** How many of those that our reader had not done with were not told since. */
function untold(
  titles: readonly string[],
  before: ReadonlyMap<string, number>,
  printed: ReadonlyMap<string, number>,
): number {
  const again = titles.filter((title) => (printed.get(title) ?? 0) > (before.get(title) ?? 0));
  return Math.max(0, events - taken.dispatch - again.length);
}

function brokenBy(figures: Record<"leftBehindReaders" | "unread" | "untold" | "leftInTheEnd", number>): string[] {
  const { leftBehindReaders, unread, untold: unheard, leftInTheEnd } = figures;
  return [
    ...(unread ? [`${unread} events were gone before their reader had come to them`] : []),
    ...(unheard ? [`${unheard} events were gone before they were told`] : []),
    ...(leftBehindReaders === events ? ["nothing was trimmed of what nobody needs any more"] : []),
    ...(leftInTheEnd > 1 ? [`${leftInTheEnd} events are left that nobody needs`] : []),
  ];
}
