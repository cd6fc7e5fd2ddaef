import { type Config, loadConfig } from "@statuswire/config";
import { consoleName, oneLine, rehearse, type Rehearsed, type Rule } from "@statuswire/status";
import { createLog, type Log } from "@statuswire/store";
import { Command } from "commander";
import { everything, routingOf } from "../past.ts";
import { type Environment, withRedis } from "../redis.ts";
import { startOf } from "../since.ts";
import { asJson, lines, mention, print, type Row, terminalOf } from "../terminal.ts";

interface Options {
  dryRun?: boolean;
  since?: string;
  json?: boolean;
}

/** `statuswire routes`: what goes where, and what would have gone where. */
export function routesCommand(env: Environment): Command {
  return new Command("routes")
    .description("List the rules; with --dry-run, say what they would have sent of what was recorded.")
    .option("--dry-run", "hold the file against the recorded past; nothing is sent")
    .option("--since <when>", "an age (1h, 7d), a time in ISO 8601, or a seq; with --dry-run", "7d")
    .option("--json", "one JSON object a line, all fields")
    .action(async (options: Options) => {
      const { config } = await loadConfig({ env });
      if (options.dryRun) await withRedis(env, (redis) => dryRun(createLog(redis), { config, env, ...options }));
      else list(config, { env, ...options });
    });
}

interface Circumstances extends Options {
  env: Environment;
}

function list({ routing: { rules } }: Config, { env, json = false }: Circumstances): void {
  if (json) for (const rule of rules ?? []) print(asJson(rule));
  else if (rules) print(...lines(rules.map(ruleRow), terminalOf(env)));
  else mention("There are no rules: everything goes to every sink. See docs/routing.md.");
}

function ruleRow({ name, match, to, continue: goesOn, delayMs, perHour, mute, quiet, escalate }: Rule): Row {
  const asked = Object.entries(match).map(([key, value]) => `${key} ${[value].flat().join(" or ")}`);
  const manners = [
    delayMs !== undefined && `after ${delayMs / 1000} s`,
    perHour !== undefined && `${perHour} an hour`,
    quiet.length > 0 && "quiet hours",
    mute.length > 0 && "muted at times",
    escalate && `${escalate.to.join(", ")} after ${escalate.afterMs / 1000} s`,
    goesOn && "goes on",
  ].filter((word) => word !== false && word !== undefined);
  return {
    symbol: "→",
    tone: "quiet",
    cells: [name, asked.join(", ") || "everything", `to ${to.join(", ") || "nobody"}`, manners.join(", ")],
  };
}

async function dryRun(log: Log, { config, env, since = "7d", json = false }: Circumstances & { config: Config }) {
  const now = Date.now();
  const start = startOf(since, now);
  // From the beginning: what was open before decides about what came after.
  const events = await everything(log);
  const tags = new Map(config.providers.map((provider) => [provider.id, provider]));
  const played = rehearse(events, { routing: routingOf(config), originOf: (id) => tags.get(id), until: now });
  const from = Number(start.split("-", 1)[0]);
  const shown = played.filter(({ at, sink }) => at >= from && sink !== consoleName);
  for (const one of shown) if (json) print(asJson(one));
  if (!json) print(...lines(shown.map(playedRow), terminalOf(env)), ...sums(shown));
}

function playedRow({ at, sink, event, isTold, rule, reason }: Rehearsed): Row {
  const what = `${event.type}: ${oneLine(event.product)}`;
  const cells = [new Date(at).toISOString(), sink, what, `${reason} (${rule})`];
  return { symbol: isTold ? "✓" : "·", tone: isTold ? "good" : "quiet", cells };
}

function sums(shown: readonly Rehearsed[]): string[] {
  const sinks = [...new Set(shown.map(({ sink }) => sink))].sort();
  if (!sinks.length) return ["No sink but the console would have been told anything."];
  return sinks.map((name) => {
    const own = shown.filter(({ sink }) => sink === name);
    const told = own.filter(({ isTold }) => isTold).length;
    return `${name}: ${told} ${told === 1 ? "message" : "messages"}, ${own.length - told} kept from it`;
  });
}
