import {
  allQueues,
  countJobs,
  type LeaseView,
  mostPartitions,
  openQueues,
  partitionKeys,
  partitionName,
  type Queues,
  readLeases,
  readPartitionCount,
} from "@statuswire/queues";
import { Command, InvalidArgumentError } from "commander";
import type { Redis } from "ioredis";
import { type Environment, withRedis } from "../redis.ts";
import { asJson, print } from "../terminal.ts";

interface Options {
  json?: boolean;
}

/** `statuswire partitions`: who does the work of which providers, and into how many parts it is divided. */
export function partitionsCommand(env: Environment): Command {
  return new Command("partitions")
    .description("Show which worker holds which partitions of the providers, and set how many there are.")
    .addCommand(
      new Command("list")
        .description("List the workers with their partitions and the jobs that wait in them.")
        .option("--json", "one JSON object")
        .action(({ json = false }: Options) => withRedis(env, (redis) => list(redis, json))),
      { isDefault: true },
    )
    .addCommand(
      new Command("set")
        .description(
          "Set how many there are. Ingest and every worker must be stopped, once all that waited is done.",
        )
        .argument("<count>", `from 1 to ${mostPartitions}`, countIn)
        .action((count: number) => withRedis(env, (redis) => set(redis, count))),
    );
}

function countIn(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= mostPartitions) return count;
  throw new InvalidArgumentError(`It must be a whole number from 1 to ${mostPartitions}.`);
}

async function list(redis: Redis, json: boolean): Promise<void> {
  const count = await readPartitionCount(redis);
  const queues = openQueues(redis, count);
  const [view, waiting] = await Promise.all([
    readLeases(redis, count),
    Promise.all(queues.partitions.map(({ observations }) => observations.getJobCountByTypes("waiting", "active"))),
  ]);
  if (json) {
    const partitions = waiting.map((jobs, partition) => ({
      partition,
      worker: view.owners[partition] ?? null,
      waiting: jobs,
      load: view.loads[partition] ?? 0,
    }));
    print(asJson({ workers: view.workers, partitions }));
    return;
  }
  for (const line of lines(view, waiting)) print(line);
}

function lines({ workers, owners }: LeaseView, waiting: readonly number[]): string[] {
  const rows = [...workers, undefined].map((worker) => ({
    name: worker ?? "nobody",
    held: waiting.flatMap((jobs, partition) => (owners[partition] === worker ? [{ jobs, partition }] : [])),
  }));
  return rows
    .filter(({ name, held }) => name !== "nobody" || held.length > 0)
    .map(({ name, held }) => {
      const names = held.map(({ partition }) => partitionName(partition)).join(" ") || "none";
      const jobs = held.reduce((sum, one) => sum + one.jobs, 0);
      return `${name}: ${names} (${jobs} ${jobs === 1 ? "job waits" : "jobs wait"})`;
    });
}

/** Refuses while anything runs or waits: what is under way would be looked for in another partition. */
async function set(redis: Redis, count: number): Promise<void> {
  const before = await readPartitionCount(redis);
  const queues = openQueues(redis, before);
  const obstacles = [...(await runningIn(redis, before)), ...(await waitingIn(redis, queues))];
  if (obstacles.length) {
    throw new Error(
      `Nothing was changed: ${obstacles.join(", ")}. Stop ingest, wait until nothing waits, stop the workers, and try again.`,
    );
  }
  const schedules = await removeSchedules(queues);
  await redis.set(partitionKeys.count, count);
  print(
    `There were ${before} partitions, and are ${count}. ${schedules} schedules were removed; workers make them anew.`,
  );
}

async function runningIn(redis: Redis, count: number): Promise<string[]> {
  const { workers } = await readLeases(redis, count);
  const clients = String(await redis.client("LIST"));
  const ingests = clients.split("\n").filter((line) => line.includes("name=statuswire-producer")).length;
  return [
    ...(workers.length ? [`${workers.length} workers run (${workers.join(", ")})`] : []),
    ...(ingests ? ["ingest runs"] : []),
  ];
}

async function waitingIn(redis: Redis, queues: Queues): Promise<string[]> {
  const states = ["wait", "active", "delayed", "failed"] as const;
  const [observations, quarantine] = await Promise.all([
    countJobs(queues, "observations", states),
    countJobs(queues, "quarantine", states),
  ]);
  const deferred = await Promise.all(
    queues.partitions.map((_queues, partition) => redis.hlen(partitionKeys.deferred(partition))),
  );
  const providers = deferred.reduce((sum, one) => sum + one, 0);
  return [
    ...(observations ? [`${observations} jobs of observations wait`] : []),
    ...(quarantine ? [`${quarantine} jobs wait in quarantine`] : []),
    ...(providers ? [`observations of ${providers} providers are deferred`] : []),
  ];
}

/** Polls lose nothing: the next slot of the new schedule asks the page. */
async function removeSchedules(queues: Queues): Promise<number> {
  let removed = 0;
  for (const { kind, queue } of allQueues(queues)) {
    if (kind !== "polls") continue;
    removed += await queue.getJobSchedulersCount();
    await queue.obliterate({ force: true });
  }
  return removed;
}
