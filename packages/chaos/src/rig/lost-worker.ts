import { addAlone, countJobs, type LeaseView, readLeases } from "@statuswire/queues";
import { waitUntil } from "@statuswire/testing";
import type { Outcome } from "../chaos/scenario.ts";
import { type Part, startPart } from "./part.ts";
import { asObservation, layPath, opening, type OwnPath } from "./path.ts";
import { pauseObservations, resumeObservations } from "./paused.ts";
import { type Line, openLine } from "./proxy.ts";
import { areHeldBy } from "./shares.ts";
import type { Stage } from "./stage.ts";
import { brokenIn, toldOf } from "./told.ts";

interface Loss {
  /** How many there are, the one that is lost included. */
  workers: number;
  /** What happens to the first of them, or to its line to Redis, with its hands full. */
  lose(worker: Part, line: Line): Promise<unknown>;
  /** What happens once another has picked up what it had in hand, or nobody has in time. */
  after?(worker: Part, line: Line): Promise<unknown>;
  /** How many events it may have printed without its note of them having come through. */
  unnoted: number;
}

const webhooks = 4000;
/** Until the workers share the partitions, and until they are in the middle of the work. */
const spreadMs = 60_000;
const promisedMs = 12_000;
const patienceMs = promisedMs + 2000;
const toldMs = 30_000;

/** Has a worker lost with its hands full: what it had in hand is picked up within twelve seconds by another. */
export async function loseWorker(stage: Stage, { workers, lose, after, unnoted }: Loss): Promise<Outcome> {
  const path = await layPath(stage);
  const { queues } = path;
  await pauseObservations(queues);
  const titles = await addMany(path);
  const line = await openLine(stage, path.server.url);
  const [first, ...others] = await Promise.all(
    Array.from({ length: workers }, (_, index) =>
      startPart(`worker-${index + 1}`, path.worker(index === 0 ? line.url : undefined)),
    ),
  );
  if (!first) throw new Error("Somebody has to be lost.");
  for (const worker of [first, ...others]) stage.defer(() => worker.stop());
  await waitUntil("the partitions to be spread", () => areHeldBy(path, workers), spreadMs);
  const completed = () => countJobs(queues, "observations", ["completed"]);
  await resumeObservations(queues);
  await waitUntil("work to be under way", async () => (await completed()) > webhooks / 20, spreadMs);

  const before = await readLeases(path.redis, queues.partitions.length);
  await lose(first, line);
  const [{ inHand, pickedUpMs }, takenOverMs] = await Promise.all([pickingUp(path), takingOver(path, before)]);
  await after?.(first, line);
  const told = await toldOf(path, titles, others.length ? toldMs : 0);
  const broken = [
    ...(pickedUpMs > promisedMs ? [`picked up after ${pickedUpMs} ms, promised ${promisedMs}`] : []),
    ...(takenOverMs > promisedMs ? [`taken over after ${takenOverMs} ms, promised ${promisedMs}`] : []),
    ...brokenIn(told, unnoted),
  ];
  return { figures: { inHand, pickedUpMs, takenOverMs, ...told }, broken };
}

/** How long it is until no partition is held under the lease of whoever is not heard of any more. */
async function takingOver({ redis, queues }: OwnPath, before: LeaseView): Promise<number> {
  const since = performance.now();
  const isTakenOver = async () => {
    const { workers, owners } = await readLeases(redis, queues.partitions.length);
    const isSomeoneGone = before.workers.some((worker) => !workers.includes(worker));
    return isSomeoneGone && owners.every((owner) => owner !== undefined);
  };
  await waitUntil("its partitions to be taken over", isTakenOver, patienceMs).catch(() => undefined);
  return Math.round(performance.now() - since);
}

async function addMany({ queues }: OwnPath): Promise<string[]> {
  const openings = Array.from({ length: webhooks }, (_, index) => opening(index));
  for (let from = 0; from < webhooks; from += 500) {
    await addAlone(queues, openings.slice(from, from + 500).map(asObservation));
  }
  return openings.map(({ title }) => title);
}

/** How much was in hand at this moment, and how long it is until none of it is any more. */
async function pickingUp({ queues: { partitions } }: OwnPath) {
  const since = performance.now();
  const active = async () => {
    const jobs = await Promise.all(partitions.map(({ observations }) => observations.getActive()));
    return jobs.flat().map(({ id }) => id);
  };
  const inHand = await active();
  const isPickedUp = async () => {
    const still = new Set(await active());
    return !inHand.some((id) => still.has(id));
  };
  await waitUntil("what it had in hand to be picked up", isPickedUp, patienceMs).catch(() => undefined);
  return { inHand: inHand.length, pickedUpMs: Math.round(performance.now() - since) };
}
