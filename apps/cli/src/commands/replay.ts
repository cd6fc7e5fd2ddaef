import { type ConfiguredSink, loadConfig } from "@statuswire/config";
import { deliveryJob, openQueue } from "@statuswire/queues";
import { type Event, isNewer, replayable, subjectOf } from "@statuswire/status";
import { createFifos, createLines, createLog } from "@statuswire/store";
import { Command } from "commander";
import type { Redis } from "ioredis";
import { sinkNamed } from "../named-sink.ts";
import { everything, routingOf } from "../past.ts";
import { type Environment, withRedis } from "../redis.ts";
import { startOf } from "../since.ts";
import { print } from "../terminal.ts";

interface Options {
  since?: string;
  from?: string;
}

/** `statuswire replay`: tells a sink what was recorded before it was there, or while it was away. */
export function replayCommand(env: Environment): Command {
  return new Command("replay")
    .description(
      "Send a sink what the rules send it of the recorded past. What it has had already it is not sent again.",
    )
    .argument("<sink>", "its name in the configuration")
    .option("--since <when>", "an age (1h, 7d) or a time in ISO 8601")
    .option("--from <seq>", "a place in the log: that event and what came after it")
    .action((name: string, options: Options) => replay(name, options, env));
}

async function replay(name: string, options: Options, env: Environment): Promise<void> {
  const { config } = await loadConfig({ env });
  const { patience, order } = sinkNamed(name, config, env);
  const isWanted = wantedBy(options);
  await withRedis(env, async (redis) => {
    const origins = new Map(config.providers.map((provider) => [provider.id, provider]));
    const routing = { sink: name, routing: routingOf(config), originOf: (id: string) => origins.get(id) };
    const events = replayable(await everything(createLog(redis)), routing).filter(isWanted);
    await sendOff(redis, events, { sink: name, patience, order });
    print(`${events.length} ${events.length === 1 ? "event is" : "events are"} on the way to ${name}.`);
  });
}

function wantedBy({ since, from }: Options): (event: Event) => boolean {
  if ((since === undefined) === (from === undefined))
    throw new Error("Say from where: --since 24h, or --from SEQ.");
  if (from !== undefined && !/^\d+-\d+$/.test(from))
    throw new Error(`--from takes a seq such as 1762180320000-0, not "${from}".`);
  const start = since === undefined ? undefined : startOf(since, Date.now());
  return ({ seq }) => (start === undefined ? seq === from || isNewer(seq, from ?? seq) : isNewer(seq, start));
}

/** In the order of the log, whatever the sink keeps otherwise: what is older is not left out for what is newer. */
async function sendOff(
  redis: Redis,
  events: readonly Event[],
  { order, ...how }: Parameters<typeof deliveryJob>[1] & Pick<ConfiguredSink, "order">,
): Promise<void> {
  const [lines, fifos] = [createLines(redis), createFifos(redis)];
  const deliveries = openQueue(redis, "deliveries");
  const replay = `replay-${Date.now()}`;
  const queued = events.map((event) => ({
    event,
    job: deliveryJob(event, { ...how, replay, ...(order !== "all" && { strict: true }) }),
  }));
  for (const { event, job } of queued) {
    const one = { seq: event.seq, job: job.opts.jobId };
    if (order === "all") await fifos.join(how.sink, event.provider, [{ ...one, ifOpen: false }]);
    else await lines.join(how.sink, subjectOf(event), one);
  }
  await deliveries.addBulk(queued.map(({ job }) => job));
}
