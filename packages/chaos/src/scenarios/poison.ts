import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { addAlone, type Batch, listDeadLetters, type Observation } from "@statuswire/queues";
import { waitUntil } from "@statuswire/testing";
import type { Course, Outcome, Scenario } from "../chaos/scenario.ts";
import { grouped } from "../rig/grouped.ts";
import { keep } from "../rig/kept.ts";
import { asObservation, layPath, opening, type Path, providerOf } from "../rig/path.ts";
import type { Program } from "../rig/process.ts";

/** What throws, loops, eats memory or kills who reads it costs no healthy neighbour, and is buried after three starts at most. */
export const poison: Scenario = {
  id: "poison",
  title: "Payloads that throw, loop, eat memory or kill their reader, among 300 healthy ones",
  promises: [6],
  episodes: { of: "each kind of poison", short: 1 },
  run: (course) => poisoned(course, { program: (path) => path.worker(), printedMs: 40_000 }),
  control: {
    title: "a worker without the quarantine lane",
    // Both of its readers loop long before, and nobody ends them: they would only take the machine from the other check.
    run: (course) => poisoned(course, { program: (path) => path.naiveObserver(), printedMs: 12_000 }),
  },
};

const healthy = 300;
const kinds = ["throws", "loops", "eats", "kills"] as const;
const promisedStarts = 3;
const buriedMs = 40_000;
const memoryMb = 200;

interface Readers {
  program(path: Path): Program;
  printedMs: number;
}

async function poisoned({ stage, episodes, report }: Course, { program, printedMs }: Readers): Promise<Outcome> {
  const path = await layPath(stage);
  const openings = Array.from({ length: healthy }, (_, index) => opening(index));
  const poisons = kinds.flatMap((kind) => Array.from({ length: episodes }, (_, index) => poisonOf(kind, index)));
  await add(path, openings.map(asObservation), poisons);
  const starts = join(await stage.folder(), "starts");
  const { env, ...rest } = program(path);
  const preload = new URL("../processes/poison-main.js", import.meta.url).href;
  const fragile = {
    ...env,
    NODE_OPTIONS: `--max-old-space-size=${memoryMb} --import=${preload}`,
    POISON_STARTS: starts,
    WATCHDOG_SECONDS: "2",
  };
  const workers = await Promise.all([1, 2].map(() => keep(stage, { ...rest, env: fragile })));

  const isAllPrinted = () => openings.every(({ title }) => path.printed.has(title));
  await waitUntil("the healthy to be printed", isAllPrinted, printedMs).catch(() => undefined);
  const isAllBuried = async () => (await buriedOf(path, poisons)) === poisons.length;
  if (isAllPrinted()) await waitUntil("the poison to be buried", isAllBuried, buriedMs).catch(() => undefined);
  const startsOf = await startsIn(starts);
  for (const [which, times] of startsOf) report(`${which} was read ${times} times`);
  const figures = {
    healthy,
    unprinted: openings.filter(({ title }) => !path.printed.has(title)).length,
    buriedHealthy: await buriedOf(path, openings.map(asObservation)),
    poison: poisons.length,
    unburied: poisons.length - (await buriedOf(path, poisons)),
    mostStarts: Math.max(0, ...startsOf.values()),
    deaths: workers.reduce((sum, worker) => sum + worker.deaths(), 0),
  };
  return { figures, broken: brokenBy(figures) };
}

function poisonOf(kind: string, index: number): Observation {
  return asObservation({ body: JSON.stringify({ poison: `${kind}-${index}` }) });
}

/** The poison among the first, half of it in one job with healthy ones of its partition. */
async function add(
  { queues }: Path,
  some: readonly Observation[],
  poisons: readonly Observation[],
): Promise<void> {
  const [alone, together] = [0, 1].map((half) => poisons.filter((_, index) => index % 2 === half));
  const own = queues.of(providerOf(0));
  const neighbours = some.filter(({ provider }) => queues.of(provider) === own);
  const others = some.filter((observation) => !neighbours.includes(observation));
  const observations = [...neighbours, ...(together ?? [])];
  await own.observations.add("together", { v: 1, observations } satisfies Batch);
  await addAlone(queues, [...others.slice(0, 50), ...(alone ?? []), ...others.slice(50)]);
}

async function buriedOf({ queues }: Path, observations: readonly Observation[]): Promise<number> {
  const graves = await listDeadLetters(queues, 10 * healthy);
  const letters = JSON.stringify(graves.map(({ letter }) => letter.data));
  return observations.filter(({ id }) => letters.includes(id)).length;
}

/** How often each poison was read. */
async function startsIn(file: string): Promise<ReadonlyMap<string, number>> {
  const lines = (await readFile(file, "utf8").catch(() => "")).split("\n").filter(Boolean);
  return new Map([...grouped(lines, (line) => line)].map(([which, same]) => [which, same.length]));
}

function brokenBy(figures: Record<"unprinted" | "buriedHealthy" | "unburied" | "mostStarts", number>): string[] {
  const { unprinted, buriedHealthy, unburied, mostStarts } = figures;
  return [
    ...(unprinted ? [`${unprinted} healthy payloads were not printed`] : []),
    ...(buriedHealthy ? [`${buriedHealthy} healthy payloads were buried`] : []),
    ...(unburied ? [`${unburied} poisons are not buried`] : []),
    ...(mostStarts > promisedStarts ? [`one was started ${mostStarts} times, promised ${promisedStarts}`] : []),
  ];
}
