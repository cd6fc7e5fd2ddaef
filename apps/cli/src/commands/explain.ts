import { type Decision, type Event, oneLine, recordedAt, type Ruling } from "@statuswire/status";
import { type Attempt, createTraces, type Trace } from "@statuswire/store";
import { Command } from "commander";
import { eventNamed } from "../named-event.ts";
import { type Environment, withRedis } from "../redis.ts";
import { lines, print, printJson, type Row, type Terminal, terminalOf } from "../terminal.ts";

interface Options {
  json?: boolean;
}

/** `statuswire explain`: why who was told of an event, or was not. */
export function explainCommand(env: Environment): Command {
  return new Command("explain")
    .description(
      "Say what became of an event: when it was seen, which rules were about it, who was told, each try.",
    )
    .argument("<event>", "its seq or id, or 1 for the newest, 2 for the one before …")
    .option("--json", "one JSON object")
    .action((named: string, { json = false }: Options) =>
      withRedis(env, async (redis) => {
        const event = await eventNamed(redis, named);
        const trace = await createTraces(redis).of(event.seq);
        if (json) printJson({ event, recordedAt: timeOf(recordedAt(event.seq)), ...trace });
        else print(...explanation(event, trace, terminalOf(env)));
      }),
    );
}

function explanation(event: Event, { ruling, attempts }: Trace, terminal: Terminal): string[] {
  return [
    `${event.type} of ${event.provider}: ${oneLine(event.product)}`,
    `  ${oneLine(event.status)}`,
    "",
    ...lines(times(event), terminal),
    "",
    ...(ruling ? rulingLines(ruling, terminal) : ["What was decided about it is not known, or not any more."]),
    ...(attempts.length ? ["", "Tries", ...lines(attempts.map(attemptRow), terminal)] : []),
  ];
}

function times({ timestamp, observedAt, seq, via, inferred }: Event): Row[] {
  const lag = Math.round((Date.parse(observedAt) - Date.parse(timestamp)) / 1000);
  const told = inferred ? "we concluded it" : "the vendor's time of it";
  const row = (at: string, what: string): Row => ({ symbol: " ", tone: "quiet", cells: [at, what] });
  return [
    row(timestamp, told),
    row(observedAt, `we saw it, by ${via}${lag > 0 ? `, ${lag} s later` : ""}`),
    row(timeOf(recordedAt(seq)), `recorded at ${seq}`),
  ];
}

function rulingLines({ rules, decisions }: Ruling, terminal: Terminal): string[] {
  const found = rules.map(({ rule, matches, because = "it is about this event" }): Row => {
    return { symbol: matches ? "✓" : "·", tone: matches ? "good" : "quiet", cells: [rule, because] };
  });
  const nobody = ["Nobody was to be told: no rule is about it."];
  return [
    "Rules",
    ...lines(found, terminal),
    "",
    ...(decisions.length ? ["Sinks", ...lines(decisions.map(decisionRow), terminal)] : nobody),
  ];
}

const words: Readonly<Record<Decision["verdict"], string>> = {
  tell: "told at once",
  tell_if_open: "told if it was told the beginning",
  recheck: "told if it still holds",
  digest: "told with others",
  unstable: "told that it is unstable",
  settle: "told when it has settled",
  drop: "not told",
};

function decisionRow({ sink, verdict, due, reason, rule }: Decision): Row {
  const isTold = verdict !== "drop";
  const when = due === undefined ? words[verdict] : `${words[verdict]}, ${due}`;
  return { symbol: isTold ? "✓" : "·", tone: isTold ? "good" : "quiet", cells: [sink, when, reason, `(${rule})`] };
}

function attemptRow({ at, sink, outcome, ms, reason = "" }: Attempt): Row {
  const isGood = outcome === "delivered";
  const isBad = outcome === "failed" || outcome === "refused";
  const took = ms === undefined ? "" : `${ms} ms`;
  return {
    symbol: isGood ? "✓" : isBad ? "✗" : "·",
    tone: isGood ? "good" : isBad ? "bad" : "quiet",
    cells: [at, sink, outcome.replace("_", " "), took, oneLine(reason)],
  };
}

function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
