import { setTimeout as delay } from "node:timers/promises";
import {
  addAlone,
  Batch,
  countJobs,
  type Grave,
  listDeadLetters,
  type Observation,
  redrive,
} from "@statuswire/queues";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { grouped } from "../rig/grouped.ts";
import { keep, type Kept } from "../rig/kept.ts";
import { asObservation, layPath, type OwnPath } from "../rig/path.ts";
import type { Program } from "../rig/process.ts";
import { pauseObservations, resumeObservations } from "../rig/paused.ts";
import { openLine } from "../rig/proxy.ts";
import { type Random, randomFrom } from "../rig/random.ts";
import type { Stage } from "../rig/stage.ts";

/** What can't succeed is buried, once and whole, though those who bury it die over it and are two at once. */
export const buried: Scenario = {
  id: "buried",
  title: "Two workers bury what can't succeed, and are killed over it, right before or after they copy",
  promises: [4],
  episodes: { of: "300 hopeless payloads", short: 1 },
  run: (course) => bury(course, (path, url) => path.worker(url)),
  control: {
    title: "what fails is buried by an event listener alone",
    run: (course) => bury(course, (path, url) => path.naiveObserver(url)),
  },
};

const hopeless = 300;
const atOnce = 15;
const everyMs = 1000;
/** While they come in; afterwards, who buries lives on. */
const deathRate = 0.5;
const buriedMs = 30_000;
const redriven = 20;

async function bury(
  { stage, episodes }: Course,
  program: (path: OwnPath, url: string) => Program,
): Promise<Outcome> {
  const path = await layPath(stage);
  const random = randomFrom(1);
  const sweeps = await Promise.all(
    [1, 2].map(() => openSweep(stage, (url) => program(path, url), { path, random })),
  );
  const observations = Array.from({ length: hopeless * episodes }, (_, number) => hopelessOne(number));
  for (let from = 0; from < observations.length; from += atOnce) {
    await addAlone(path.queues, observations.slice(from, from + atOnce));
    await delay(everyMs);
  }
  for (const { spare } of sweeps) spare();
  await waitUntil("all to be buried", () => isAllBuried(path, observations), buriedMs).catch(() => undefined);
  const deaths = sweeps.reduce((sum, { kept }) => sum + kept.deaths(), 0);
  const buriedOnce = await account(path, observations);
  const figures = { hopeless: observations.length, deaths, ...buriedOnce };
  const broken = brokenIn(buriedOnce, "");
  if (broken.length) return { figures, broken };
  await redriveTwice(path);
  await waitUntil("all to be buried again", () => isAllBuried(path, observations), buriedMs).catch(
    () => undefined,
  );
  const again = await account(path, observations);
  return { figures: { ...figures, redriven }, broken: brokenIn(again, ", once some were redriven") };
}

// It is JSON, and tells of nothing.
function hopelessOne(number: number): Observation {
  return asObservation({ body: JSON.stringify({ hopeless: number }) });
}

/** A worker that is killed at some of its burials: before the copy reaches Redis, or before what follows it does. */
async function openSweep(
  stage: Stage,
  program: (url: string) => Program,
  { path, random }: { path: OwnPath; random: Random },
): Promise<{ kept: Kept; spare(): void }> {
  const line = await openLine(stage, path.server.url);
  const kept = await keep(stage, program(line.url));
  let isDoomed = false;
  line.inspect((piece, bytes) => {
    const isCopy = piece === "question" && bytes.includes("{sw}:dead-letters:");
    const diesBefore = isCopy && random.chance(deathRate / 2);
    const diesAfter = isDoomed && piece === "answer";
    isDoomed = !diesAfter && (isDoomed || (isCopy && random.chance(deathRate / 2)));
    if (!diesBefore && !diesAfter) return "carry";
    kept.kill();
    return "cut";
  });
  return { kept, spare: () => line.inspect(undefined) };
}

async function isAllBuried(path: OwnPath, observations: readonly Observation[]): Promise<boolean> {
  const { lost, left } = await account(path, observations);
  return lost + left === 0;
}

interface Account {
  /** Observations without a dead letter. */
  lost: number;
  /** Dead letters too many. */
  doubled: number;
  /** Dead letters that lack what they should hold. */
  incomplete: number;
  /** Failed jobs that nobody has buried. */
  left: number;
}

async function account({ queues }: OwnPath, observations: readonly Observation[]): Promise<Account> {
  const graves = await listDeadLetters(queues, 10 * observations.length);
  const bodies = grouped(graves, (grave) => bodyIn(grave) ?? "");
  return {
    lost: observations.filter(({ body }) => !bodies.has(body)).length,
    doubled: [...bodies.values()].reduce((sum, same) => sum + same.length - 1, 0),
    incomplete: graves.filter((grave) => !isWhole(grave)).length,
    left:
      (await countJobs(queues, "observations", ["failed"])) + (await countJobs(queues, "quarantine", ["failed"])),
  };
}

function bodyIn({ letter }: Grave): string | undefined {
  return Batch.safeParse(letter.data).data?.observations[0]?.body;
}

function isWhole(grave: Grave): boolean {
  const { error, reason, attempts, createdAt, failedAt } = grave.letter;
  return (
    error === "PayloadError" && reason !== "" && attempts > 0 && createdAt <= failedAt && Boolean(bodyIn(grave))
  );
}

/** Puts some back, each by two at once and then by a third, as somebody does who died before the end of it. */
async function redriveTwice({ queues }: OwnPath): Promise<void> {
  await pauseObservations(queues);
  for (const grave of await listDeadLetters(queues, redriven)) {
    await Promise.all([redrive(queues, grave), redrive(queues, grave)]);
    await redrive(queues, grave);
  }
  await resumeObservations(queues);
}

function brokenIn({ lost, doubled, incomplete, left }: Account, when: string): string[] {
  return [
    ...(lost ? [`${lost} have no dead letter${when}`] : []),
    ...(doubled ? [`${doubled} dead letters too many${when}`] : []),
    ...(incomplete ? [`${incomplete} dead letters lack something${when}`] : []),
    ...(left ? [`${left} failed jobs are left unburied${when}`] : []),
  ];
}
