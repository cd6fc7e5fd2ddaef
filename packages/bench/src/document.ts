import { isMet, type Result } from "./result.ts";
import type { Subject } from "./subject.ts";
import { headings, rowsOf } from "./text.ts";
import type { Skipped, Taken, Told } from "./told.ts";

/** docs/performance.md: how it was measured, on what, and what came of it. */
export function document(outcomes: readonly (Told | Skipped)[]): string {
  const skipped = outcomes.filter((outcome) => "reason" in outcome);
  return [
    "# Performance",
    "",
    "Written by `npm run bench -- all --write`, from `performance.json`, which holds every run; change `packages/bench`, not this page.",
    "",
    ...method,
    "",
    "![Each figure relative to its baseline](performance.svg)",
    "",
    ...outcomes.filter((outcome) => "results" in outcome).flatMap(section),
    ...(skipped.length ? ["## Not measured", ""] : []),
    ...skipped.map(({ subject, reason }) => `- \`${subject.name}\`: ${reason}.`),
    ...(skipped.length ? [""] : []),
  ].join("\n");
}

const method = [
  "## Method",
  "",
  "- Each subject and its baseline run by turns, each time on a Redis of its own with `appendonly yes` and `appendfsync always`,",
  "  over a unix socket; HTTP over loopback. Ingest and worker are the real processes, as `statuswire up` runs them.",
  "- A median stands beside its smallest and largest run. A ratio is the median of the ratios of neighbouring runs: absolute",
  "  figures follow the machine's moods, ratios much less. Quote ratios.",
  "- Processor time is user and system time of the processes named, from `/proc`.",
  "- The load comes from 64 kept-alive connections of a generator that writes prepared bytes; what it alone can reach, against",
  "  a bare `node:http` that answers at once, is a figure of its own. It shares the machine's cores with what it measures.",
  "- The baselines are in `packages/bench/src/processes`.",
];

function section({ subject, taken, results }: Told): string[] {
  return [
    `## ${subject.name}`,
    "",
    ...(taken.quick ? ["**A quick run: it shows that the benchmark works, and is not to be quoted.**", ""] : []),
    ...subject.figures.map(({ name, about }) => `- \`${name}\`: ${about}.`),
    "",
    ...(subject.against ? [`Baseline: ${subject.against}.`, ""] : []),
    ...table(rowsOf(subject, results)),
    "",
    ...misses(subject, results),
    on(taken),
    "",
  ];
}

function on({ processor, cores, memoryGb, system, node, redis, load, commit, at }: Taken): string {
  const machine = `${processor}, ${cores} cores, ${memoryGb} GB; ${system}; Node ${node}; Redis ${redis}`;
  return `On ${machine}. Commit ${commit}, ${at}; load average when it had ended: ${load.toFixed(1)}.`;
}

/** What missed its goal, each with its reason. */
function misses({ figures }: Subject, results: readonly Result[]): string[] {
  const missed = figures.filter(({ name, goal }) => {
    const result = results.find((one) => one.name === name);
    return result !== undefined && isMet(goal, result) === false;
  });
  const lines = missed.map(
    ({ name, missedBecause }) =>
      `- \`${name}\` is missed${missedBecause === undefined ? ", and nobody has said why yet." : `: ${missedBecause}`}`,
  );
  return lines.length ? [...lines, ""] : [];
}

function table(rows: readonly string[][]): string[] {
  return [headings, headings.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`);
}
