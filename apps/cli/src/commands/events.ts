import { type Event, line } from "@statuswire/status";
import { awaitEvents, createLog } from "@statuswire/store";
import { Command } from "commander";
import type { Redis } from "ioredis";
import { providerNamed } from "../provider-named.ts";
import { type Environment, withRedis } from "../redis.ts";
import { startOf } from "../since.ts";
import { asJson } from "../terminal.ts";

interface Options {
  since?: string;
  provider?: string;
  follow?: boolean;
  json?: boolean;
}

const batch = 500;

/** `statuswire events`: the log, as far back as asked, and onwards with --follow. */
export function eventsCommand(env: Environment): Command {
  return new Command("events")
    .description("Read the event log: what has been recorded, oldest first.")
    .option("--since <when>", "an age (30s, 15m, 1h, 7d), a time in ISO 8601, or a seq (default: everything)")
    .option("--provider <name>", "only this provider's, named by its id or name")
    .option("-f, --follow", "go on with what is recorded from now on, until interrupted")
    .option("--json", "one JSON object a line, all fields")
    .action((options: Options) =>
      withRedis(env, async (redis) => {
        const { provider } = options;
        const only = provider === undefined ? undefined : await providerNamed(provider, redis, env);
        await print(redis, { ...options, only });
      }),
    );
}

interface Printing extends Options {
  /** The id of the provider whose events alone are printed. */
  only: string | undefined;
}

async function print(redis: Redis, { since, only, follow = false, json = false }: Printing): Promise<void> {
  const render = json ? (event: Event) => asJson(event) : line;
  const show = (events: readonly Event[]) => {
    for (const event of events) {
      if (only === undefined || event.provider === only) process.stdout.write(`${render(event)}\n`);
    }
    return events.at(-1)?.seq;
  };

  const log = createLog(redis);
  let seq = since === undefined ? undefined : startOf(since, Date.now());
  for (let events = await log.after(seq, batch); events.length; events = await log.after(seq, batch))
    seq = show(events);
  while (follow) {
    const news = await awaitEvents(redis, seq ?? "0", { blockMs: 2000, count: batch });
    show(news.events);
    seq = news.seq;
  }
}
