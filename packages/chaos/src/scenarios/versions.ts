import { addAlone, type Queues } from "@statuswire/queues";
import type { Queue } from "bullmq";
import { keys } from "@statuswire/store";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { startPart } from "../rig/part.ts";
import { asObservation, layPath, opening, type Path, providerOf } from "../rig/path.ts";
import { brokenIn, toldOf } from "../rig/told.ts";

/** Jobs, log entries and a state that a newer version wrote lie among ours: a worker does its own and leaves those alone. */
export const versions: Scenario = {
  id: "versions",
  title: "Half of the jobs, some entries of the log and a state come from a newer version",
  promises: [11],
  run: (course) => mix(course, { v: 2 }),
  control: {
    title: "newer ones that don't say so, as to a worker that does not look",
    run: (course) => mix(course, {}),
  },
};

const own = 100;
const newer = { observations: 100, polls: 20, deliveries: 20, entries: 20 };
const kinds = ["observations", "polls", "deliveries"] as const;
const toldMs = 30_000;
const takenMs = 10_000;

/** What a newer version marks its own with, if it does. */
interface Mark {
  v?: 2;
}

async function mix({ stage }: Course, mark: Mark): Promise<Outcome> {
  const path = await layPath(stage);
  const openings = Array.from({ length: own }, (_, index) => opening(index));
  await addNewer(path, mark);
  await addAlone(path.queues, openings.map(asObservation));
  const worker = await startPart("worker", path.worker());
  stage.defer(() => worker.stop());
  const titles = openings.map(({ title }) => title);
  const told = await toldOf(path, titles, toldMs);
  const isRewritten = await isStateRewritten(path, mark);
  const figures = { ...told, ...(await takenOf(path)), statesWrittenOver: Number(isRewritten) };
  return { figures, broken: [...brokenIn(told, 0), ...brokenBy(figures)] };
}

/** Where jobs of a kind are added: of those that each partition has, the one of the provider whose state is newer, too. */
function queueOf(queues: Queues, kind: (typeof kinds)[number]): Queue {
  return kind === "deliveries" ? queues.deliveries : queues.of(providerOf(own))[kind];
}

/** In shapes that nobody has thought of yet. */
async function addNewer({ queues, redis }: Path, mark: Mark): Promise<void> {
  for (const name of kinds) {
    const jobs = Array.from({ length: newer[name] }, (_, index) => ({
      name: "newer",
      data: { v: 1, ...mark, tellings: [{ index }] },
      opts: { jobId: `newer-${index}` },
    }));
    await queueOf(queues, name).addBulk(jobs);
  }
  for (let index = 0; index < newer.entries; index++) {
    const fields = { ...mark, id: `evt_newer_${index}`, telling: "{}" };
    await redis.xadd(keys.events, "*", ...Object.entries(fields).flat().map(String));
  }
}

/** Has a newer version take a provider's state over, and a webhook come in for it. Whether the state was changed by that. */
async function isStateRewritten({ queues, redis }: Path, mark: Mark): Promise<boolean> {
  const state = keys.known(providerOf(own));
  await redis.hset(state, { ...mark, version: "9".repeat(16) });
  const before = JSON.stringify(await redis.hgetall(state));
  const webhook = asObservation(opening(own));
  await addAlone(queues, [webhook]);
  const isTaken = async () => {
    const job = await queues.of(webhook.provider).observations.getJob(webhook.id);
    return job !== undefined && !["waiting", "active", "prioritized"].includes(await job.getState());
  };
  await waitUntil("the webhook to be taken up", isTaken, takenMs);
  return JSON.stringify(await redis.hgetall(state)) !== before;
}

/** What is not there any more for a newer version to find. */
async function takenOf({
  queues,
  redis,
}: Path): Promise<Record<"jobsTaken" | "attemptsSpent" | "entriesTaken", number>> {
  let jobsTaken = 0;
  let attemptsSpent = 0;
  for (const name of kinds) {
    const jobs = await queueOf(queues, name).getJobs(["waiting", "delayed", "active"]);
    const left = jobs.filter((job) => job.name === "newer");
    jobsTaken += newer[name] - left.length;
    attemptsSpent += left.reduce((sum, { attemptsMade }) => sum + attemptsMade, 0);
  }
  const [pending] = (await redis.xpending(keys.events, "dispatch")) as [number];
  return { jobsTaken, attemptsSpent, entriesTaken: Math.max(0, newer.entries - pending) };
}

function brokenBy(
  figures: Record<"jobsTaken" | "attemptsSpent" | "entriesTaken" | "statesWrittenOver", number>,
): string[] {
  const { jobsTaken, attemptsSpent, entriesTaken, statesWrittenOver } = figures;
  return [
    ...(jobsTaken ? [`${jobsTaken} newer jobs were taken for old ones`] : []),
    ...(attemptsSpent ? [`${attemptsSpent} attempts were spent on newer jobs`] : []),
    ...(entriesTaken ? [`${entriesTaken} newer entries of the log were taken for old ones`] : []),
    ...(statesWrittenOver ? ["a newer state was written over"] : []),
  ];
}
