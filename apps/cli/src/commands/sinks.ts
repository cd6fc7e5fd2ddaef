import { type ConfiguredSink, loadConfig } from "@statuswire/config";
import { createHealths, type Health } from "@statuswire/store";
import { Command } from "commander";
import { invocation } from "../invocation.ts";
import { sinkNamed } from "../named-sink.ts";
import { type Environment, withRedis } from "../redis.ts";
import { lines, mention, print, printJson, type Row, terminalOf } from "../terminal.ts";

interface Options {
  json?: boolean;
}

/** `statuswire sinks`: where events go, and how those places fare. */
export function sinksCommand(env: Environment): Command {
  return new Command("sinks")
    .description("List the sinks and how they fare; enable one that was given up.")
    .addCommand(
      new Command("list")
        .description("List them.")
        .option("--json", "one JSON array, all fields")
        .action((options: Options) => list(env, options)),
      { isDefault: true },
    )
    .addCommand(
      new Command("enable")
        .description("Send events to a sink again that was disabled: gone for good, or failing for five days.")
        .argument("<sink>", "its name in the configuration")
        .action((name: string) => enable(env, name)),
    );
}

async function list(env: Environment, { json = false }: Options): Promise<void> {
  const { config } = await loadConfig({ env });
  await withRedis(env, async (redis) => {
    const healths = createHealths(redis);
    const all = await Promise.all(
      config.sinks.map(async (sink) => ({ sink, health: await healths.of(sink.name) })),
    );
    if (json) printJson(all.map(({ sink, health }) => ({ ...sink, ...health })));
    else print(...lines(all.map(rowOf), terminalOf(env)));
    if (!all.length) mention("There is only the console. Name others under sinks in statuswire.yaml.");
  });
}

function rowOf({ sink: { name, kind, order }, health }: { sink: ConfiguredSink; health: Health }): Row {
  const { failures, failingSince, disabledAt, reason = "" } = health;
  const at = (ms: number) => new Date(ms).toISOString();
  if (disabledAt !== undefined)
    return { symbol: "✗", tone: "bad", cells: [name, kind, order, `disabled since ${at(disabledAt)}: ${reason}`] };
  if (failingSince === undefined) return { symbol: "✓", tone: "good", cells: [name, kind, order] };
  const words = `${failures} ${failures === 1 ? "failure" : "failures"} in a row since ${at(failingSince)}`;
  return { symbol: "▲", tone: "middling", cells: [name, kind, order, words] };
}

async function enable(env: Environment, name: string): Promise<void> {
  const { config } = await loadConfig({ env });
  sinkNamed(name, config, env);
  await withRedis(env, async (redis) => {
    const healths = createHealths(redis);
    const { disabledAt } = await healths.of(name);
    await healths.enable(name);
    if (disabledAt === undefined) return print(`${name} was not disabled.`);
    const since = new Date(disabledAt).toISOString();
    print(
      `${name} gets events again.`,
      `What it missed: ${invocation} replay ${name} --since ${since}`,
      `What was buried before: ${invocation} dead-letters redrive --sink ${name}`,
    );
  });
}
