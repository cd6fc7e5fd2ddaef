import { type ConfiguredSink, loadConfig } from "@statuswire/config";
import { deadLettersBySink, openQueues } from "@statuswire/queues";
import { createHealths, type Health, sinkStateOf } from "@statuswire/store";
import { oneLine } from "@statuswire/status";
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
    const letters = await deadLettersBySink(openQueues(redis));
    const all = await Promise.all(
      config.sinks.map(async (sink) => ({
        sink,
        health: await healths.of(sink.name),
        deadLetters: letters.get(sink.name) ?? 0,
      })),
    );
    if (json)
      printJson(
        all.map(({ sink, health, deadLetters }) => ({
          ...sink,
          state: sinkStateOf(health),
          ...health,
          deadLetters,
        })),
      );
    else print(...lines(all.map(rowOf), terminalOf(env)));
    if (!all.length) mention("There is only the console. Name others under sinks in statuswire.yaml.");
  });
}

interface Shown {
  sink: ConfiguredSink;
  health: Health;
  deadLetters: number;
}

function rowOf({ sink: { name, kind, order }, health, deadLetters }: Shown): Row {
  const state = sinkStateOf(health);
  const words = [...wordsOf(health), ...(deadLetters ? [counted(deadLetters, "dead letter")] : [])];
  const cells = [name, kind, order, ...(words.length ? [words.join("; ").replaceAll(".; ", "; ")] : [])];
  if (state !== "ok") return { symbol: "✗", tone: "bad", cells };
  return words.length ? { symbol: "▲", tone: "middling", cells } : { symbol: "✓", tone: "good", cells };
}

function wordsOf({
  disabledAt,
  failures,
  failingSince = 0,
  refusals,
  refusingSince = 0,
  ...health
}: Health): string[] {
  const { reason = "", error } = health;
  const at = (ms: number) => new Date(ms).toISOString();
  if (disabledAt !== undefined) return [`disabled since ${at(disabledAt)}: ${reason}`];
  const why = error === undefined ? "" : `: ${oneLine(error)}`;
  return [
    ...(refusals ? [`${counted(refusals, "refusal")} in a row since ${at(refusingSince)}${why}`] : []),
    ...(failures ? [`${counted(failures, "failure")} in a row since ${at(failingSince)}${why}`] : []),
  ];
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
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
