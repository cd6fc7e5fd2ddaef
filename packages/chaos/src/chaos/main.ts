import { inWords } from "../rig/figures.ts";
import { interruption } from "../rig/interruption.ts";
import { catalogue } from "../scenarios/catalogue.ts";
import { readArguments, usage } from "./arguments.ts";
import { perform, type Performed } from "./perform.ts";
import type { Scenario } from "./scenario.ts";

const report = (line: string) => void process.stderr.write(`chaos: ${line}\n`);

// `npm run chaos -- --list | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2), catalogue);
  if (wanted.help) process.stdout.write(usage);
  else if (wanted.list) list(wanted.scenarios);
  else await performAll(wanted);
}

function list(scenarios: readonly Scenario[]): void {
  for (const { id, title, promises, control, episodes } of scenarios) {
    const short = episodes ? `; short form: ${episodes.short} × ${episodes.of}` : "";
    process.stdout.write(
      `${id.padEnd(16)} ${title} (promise ${promises.join(", ")}); control: ${control.title}${short}\n`,
    );
  }
}

async function performAll({ scenarios, episodes, json }: ReturnType<typeof readArguments>): Promise<void> {
  const properties = { env: process.env, interrupted: interruption() };
  const all: Performed[] = [];
  for (const scenario of scenarios) {
    report(`${scenario.id}: ${scenario.title}`);
    const performed = await perform(scenario, {
      ...{ properties, episodes },
      report: (line) => report(`${scenario.id}: ${line}`),
    });
    all.push(performed);
    for (const reason of performed.reasons) report(`${scenario.id}: ${performed.verdict}: ${reason}`);
    if (!json) tell(performed, episodes === undefined);
  }
  if (json) process.stdout.write(`${JSON.stringify(all, undefined, 2)}\n`);
  if (all.some(({ verdict }) => verdict !== "kept" && verdict !== "skipped")) process.exitCode = 1;
}

/** What the short form of a scenario takes at most, with its control. */
const shortSeconds = 60;

function tell({ id, verdict, figures, controlFigures, seconds }: Performed, isShort: boolean): void {
  const took = `${seconds} s${isShort && seconds > shortSeconds ? ", over a minute" : ""}`;
  process.stdout.write(`${id.padEnd(16)} ${verdict.padEnd(8)} ${inWords(figures)} (${took})\n`);
  if (Object.keys(controlFigures).length)
    process.stdout.write(`${"".padEnd(16)} control  ${inWords(controlFigures)}\n`);
}

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
