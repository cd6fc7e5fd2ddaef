import { allQueues, backlogsOf, partitionName, type Queues, readLeases } from "@statuswire/queues";
import { recordedAt } from "@statuswire/status";
import { type Healths, oldestUndone } from "@statuswire/store";
import type { Registry } from "@statuswire/telemetry";
import type { Redis } from "ioredis";
import { type Gauges, gaugesIn } from "./gauges.ts";
import { remembered } from "./remembered.ts";

interface Dependencies {
  redis: Redis;
  queues: Queues;
  healths: Pick<Healths, "of">;
  /** The names of the sinks, the console among them. */
  sinks(): Iterable<string>;
  registry: Registry;
  /** Epoch ms. */
  now(): number;
}

/** Several who scrape, or one who does so every second, cost Redis no more than one. */
const freshMs = 5_000;

/** The metrics of the whole system, read from Redis: what is under way, how old it is, what was given up, and how sinks fare. */
export function createSystemMetrics(dependencies: Dependencies): void {
  const { registry } = dependencies;
  const gauge = gaugesIn(registry);
  createQueueMetrics(gauge, dependencies);
  createSinkMetrics(gauge, dependencies);
}

function createQueueMetrics(gauge: Gauges, { redis, queues, now }: Dependencies): void {
  const { "dead-letters": deadLetters } = queues;
  const working = allQueues(queues).flatMap(({ kind, queue }) => (kind === "dead-letters" ? [] : [queue]));
  const backlogs = remembered(() => backlogsOf(working, { redis, now: now() }), {
    freshMs,
    now,
  });
  const undispatched = remembered(() => oldestUndone(redis, "dispatch"), { freshMs, now });
  const owners = remembered(async () => (await readLeases(redis, queues.partitions.length)).owners, {
    freshMs,
    now,
  });
  const buried = remembered(() => deadLetters.count(), { freshMs, now });
  const ageOf = (since: number | undefined) => (since === undefined ? 0 : Math.max(0, now() - since) / 1000);

  gauge({
    name: "statuswire_queue_jobs",
    help: "Jobs by kind of queue and state.",
    labelNames: ["queue", "state"],
    read: async () =>
      (await backlogs()).flatMap(({ kind: queue, waiting, active, delayed, failed }) =>
        Object.entries({ waiting, active, delayed, failed }).map(([state, value]) => ({
          labels: { queue, state },
          value,
        })),
      ),
  });
  gauge({
    name: "statuswire_queue_oldest_job_seconds",
    help: "Since when the oldest job is due that is not done, by kind of queue; 0 when none is.",
    labelNames: ["queue"],
    read: async () =>
      (await backlogs()).map(({ kind: queue, dueSince }) => ({ labels: { queue }, value: ageOf(dueSince) })),
  });
  gauge({
    name: "statuswire_partition_worker",
    help: "1 for the worker that holds the partition.",
    labelNames: ["partition", "worker"],
    read: async () =>
      (await owners()).flatMap((worker, partition) =>
        worker === undefined ? [] : [{ labels: { partition: partitionName(partition), worker }, value: 1 }],
      ),
  });
  gauge({
    name: "statuswire_dead_letters",
    help: "Jobs that could not succeed and wait for a person.",
    labelNames: [],
    read: async () => [{ labels: {}, value: await buried() }],
  });
  gauge({
    name: "statuswire_dispatch_oldest_event_seconds",
    help: "Since when the oldest event is recorded that is not on its way to its sinks; 0 when all are.",
    labelNames: [],
    async read() {
      const seq = await undispatched();
      return [{ labels: {}, value: ageOf(seq === undefined ? undefined : recordedAt(seq)) }];
    },
  });
}

function createSinkMetrics(gauge: Gauges, { healths, sinks, now }: Dependencies): void {
  const all = remembered(
    () => Promise.all([...sinks()].map(async (sink) => ({ sink, ...(await healths.of(sink)) }))),
    { freshMs, now },
  );
  gauge({
    name: "statuswire_sink_disabled",
    help: "1 while the sink is given up and gets nothing, until `npm run -s statuswire -- sinks enable`.",
    labelNames: ["sink"],
    read: async () =>
      (await all()).map(({ sink, disabledAt }) => ({ labels: { sink }, value: disabledAt === undefined ? 0 : 1 })),
  });
  gauge({
    name: "statuswire_sink_failures_in_a_row",
    help: "Tries to deliver to the sink that have failed since one succeeded.",
    labelNames: ["sink"],
    read: async () => (await all()).map(({ sink, failures }) => ({ labels: { sink }, value: failures })),
  });
}
