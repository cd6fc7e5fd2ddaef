import { addAlone } from "@statuswire/queues";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { startPart } from "../rig/part.ts";
import { asObservation, layPath, opening } from "../rig/path.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** A worker is killed with its hands full: what it had in hand is picked up within twelve seconds by another. */
export const workerKilled: Scenario = {
  id: "worker-killed",
  title: "A worker is killed with its hands full",
  promises: [1, 2, 6],
  run: (course) => kill(course, 2),
  control: {
    title: "there is no other worker",
    run: (course) => kill(course, 1),
  },
};

const webhooks = 4000;
const promisedMs = 12_000;
const toldMs = 30_000;

async function kill({ stage }: Course, workers: number): Promise<Outcome> {
  const path = await layPath(stage);
  const { observations } = path.queues;
  const openings = Array.from({ length: webhooks }, (_, index) => opening(index));
  await observations.pause();
  for (let from = 0; from < webhooks; from += 500) {
    await addAlone(observations, openings.slice(from, from + 500).map(asObservation));
  }
  const [first, ...others] = await Promise.all(
    Array.from({ length: workers }, (_, index) => startPart(`worker-${index + 1}`, path.worker())),
  );
  if (!first) throw new Error("Somebody has to be killed.");
  for (const worker of others) stage.defer(() => worker.stop());
  await observations.resume();
  await waitUntil("work to be under way", async () => (await observations.getCompletedCount()) > webhooks / 20);
  await first.kill();

  const killedAt = performance.now();
  const inHand = (await observations.getActive(0, webhooks)).map(({ id }) => id);
  const isPickedUp = async () => {
    const active = new Set((await observations.getActive(0, webhooks)).map(({ id }) => id));
    return !inHand.some((id) => active.has(id));
  };
  await waitUntil("what it had in hand to be picked up", isPickedUp, promisedMs + 8000).catch(() => undefined);
  const pickedUpMs = Math.round(performance.now() - killedAt);
  const told = await toldOf(
    path,
    openings.map(({ title }) => title),
    others.length ? toldMs : 0,
  );
  const broken = [
    ...(pickedUpMs > promisedMs ? [`picked up after ${pickedUpMs} ms, promised ${promisedMs}`] : []),
    ...brokenIn(told, 1),
  ];
  return { figures: { inHand: inHand.length, pickedUpMs, ...told }, broken };
}
