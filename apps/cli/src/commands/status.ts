import { nearest } from "@statuswire/catalog";
import { type Loaded, loadConfig } from "@statuswire/config";
import { createNetworks, createReadings, createStore } from "@statuswire/store";
import { asError, type NetworkState } from "@statuswire/status";
import { Command } from "commander";
import type { Redis } from "ioredis";
import { ExitError, wrongUsage } from "../failed.ts";
import { invocation } from "../invocation.ts";
import { type Environment, withRedis } from "../redis.ts";
import { runningDemo } from "../up/demo.ts";
import { type Standing, standingOf, verdictOn, verdictOnAll, type Watched } from "../standing/standing.ts";
import { overview, portrait } from "../standing/words.ts";
import { lines, print, printJson, terminalOf } from "../terminal.ts";

interface Options {
  all?: boolean;
  json?: boolean;
}

/** `statuswire status`: who is down. */
export function statusCommand(env: Environment): Command {
  return new Command("status")
    .description("Say how providers stand: all of them, or the ones named.")
    .argument("[providers...]", "ids or names, as `list` shows them")
    .option("-a, --all", "list operational services and components, too")
    .option("--json", "one JSON object")
    .addHelpText("after", help)
    .action((names: string[], options: Options) => status(names, options, env));
}

const help = `
Exit code, as monitoring plugins count:
  0   operational
  1   degraded, or in maintenance
  2   an outage
  3   unknown or stale: nobody can tell
  64  wrong usage`;

async function status(names: readonly string[], options: Options, env: Environment): Promise<void> {
  try {
    const loaded = await loadConfig({ env });
    const now = new Date();
    await withRedis(env, async (redis) => {
      const watched = chosen(await watchedBy(redis, loaded), names);
      const network = await createNetworks(redis).of();
      const standings = await Promise.all(
        watched.map((one) => standing(redis, one, { network, now, all: options.all })),
      );
      show(standings, { ...options, isOne: names.length === 1, network, now }, env);
      if (!standings.length && !options.json) await tellOfDemo();
      process.exitCode = verdictOnAll(standings);
    });
  } catch (error) {
    if (error instanceof ExitError) throw error;
    // Whoever can't ask knows nothing: not 1, which would mean degraded.
    throw new ExitError(asError(error).message, { exitCode: 3, cause: error });
  }
}

// Without a file here the system may be configured elsewhere: then it is whoever something is known of, and those of the
// defaults that it tried to read.
async function watchedBy(redis: Redis, { config, path }: Loaded): Promise<readonly Watched[]> {
  if (path !== undefined) return config.providers;
  const known = await createStore(redis).providers();
  const readings = createReadings(redis);
  const defaults = await Promise.all(
    config.providers.map(async (one) =>
      known.includes(one.id) || (await readings.of(one.id)).failures > 0 ? [one] : [],
    ),
  );
  const named = new Set(config.providers.map(({ id }) => id));
  const others = known.filter((id) => !named.has(id)).map((id) => ({ id, name: id, everySeconds: 60 }));
  return [...defaults.flat(), ...others];
}

function chosen(watched: readonly Watched[], names: readonly string[]): readonly Watched[] {
  if (!names.length) return watched;
  const known = new Map(
    watched.flatMap(
      (one) =>
        [
          [one.name.toLowerCase(), one],
          [one.id, one],
        ] as const,
    ),
  );
  return names.map((name) => {
    const found = known.get(name.toLowerCase());
    if (found) return found;
    const meant = nearest(name, known.keys());
    const help = meant === undefined ? `Watch it with: ${invocation} add ${name}` : `Did you mean "${meant}"?`;
    throw new ExitError(`Nobody called "${name}" is watched. ${help}`, { exitCode: wrongUsage });
  });
}

async function standing(
  redis: Redis,
  watched: Watched,
  circumstances: { network: NetworkState; now: Date; all?: boolean | undefined },
): Promise<Standing> {
  const [known, reading] = await Promise.all([
    createStore(redis).known(watched.id),
    createReadings(redis).pollState(watched.id),
  ]);
  return standingOf(watched, { known, reading, ...circumstances, all: circumstances.all ?? false });
}

// It has a configuration and a data folder of its own.
async function tellOfDemo(): Promise<void> {
  const demo = await runningDemo();
  if (demo !== undefined) process.stderr.write(`A demo is running. Ask it with: ${demo} ${invocation} status\n`);
}

interface Showing extends Options {
  isOne: boolean;
  network: NetworkState;
  now: Date;
}

function show(standings: readonly Standing[], showing: Showing, env: Environment): void {
  const { json, all = false, isOne, network, now } = showing;
  const [first] = standings;
  if (network.lostAt !== undefined && !json)
    print(
      `! Our own network is down since ${network.lostAt}: most hosts cannot be reached. Check the connection.`,
    );
  if (json) {
    const providers = standings.map((one) => ({ exitCode: verdictOn(one), ...one }));
    printJson({ exitCode: verdictOnAll(standings), network, providers });
  } else if (!first) {
    print("? Nothing is known yet. Start watching with: npm start");
  } else if (isOne) {
    const { answer, details } = portrait(first, now);
    print(...[[answer], details].flatMap((rows) => lines(rows, terminalOf(env))));
  } else {
    const { rows, sum } = overview(standings, { now, all });
    print(...lines(rows, terminalOf(env)), sum);
  }
}
