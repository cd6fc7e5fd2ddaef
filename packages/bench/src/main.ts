import { readArguments, usage, type Wanted } from "./arguments.ts";
import { machine } from "./machine.ts";
import { measure } from "./measure.ts";
import type { Subject } from "./subject.ts";
import { subjects } from "./subjects.ts";
import type { Skipped, Told } from "./told.ts";
import { aligned, headings, rowsOf } from "./text.ts";
import { publish } from "./publish.ts";

const report = (line: string) => void process.stderr.write(`bench: ${line}\n`);

// `npm run bench -- --list | head` is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

// Whatever has been started is ended first.
let isInterrupted = false;
const interrupted = new Promise<never>((_resolve, reject) => {
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => {
      isInterrupted = true;
      reject(new Error(`Ended by ${signal}.`));
    });
  }
});

async function main(): Promise<void> {
  const wanted = readArguments(process.argv.slice(2), subjects);
  if (wanted.help) return void process.stdout.write(usage);
  if (wanted.list) return list();
  const outcomes: (Told | Skipped)[] = [];
  for (const subject of wanted.subjects) {
    const outcome = await measureOrSay(subject, wanted);
    outcomes.push(outcome);
    if (wanted.write) await publish(outcome, subjects);
  }
  tell(outcomes, wanted);
}

/** What came of a subject, or why nothing did: one that fails costs the others nothing. */
async function measureOrSay(subject: Subject, wanted: Wanted): Promise<Told | Skipped> {
  const properties = { env: process.env, interrupted, ...wanted };
  try {
    const reason = await subject.missing?.(process.env);
    if (reason === undefined) {
      const results = await measure(subject, { rounds: roundsOf(subject, wanted), properties, report });
      return { subject, results, taken: { quick: wanted.quick, ...(await machine(process.env)) } };
    }
    report(`${subject.name} is skipped: ${reason}.`);
    return { subject, reason };
  } catch (error) {
    if (isInterrupted) throw error;
    process.exitCode = 1;
    report(`${subject.name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { subject, reason: "it failed" };
  }
}

function roundsOf({ rounds = 5 }: Subject, { quick }: Wanted): number {
  return quick ? Math.min(rounds, 3) : rounds;
}

function list(): void {
  for (const { name, figures } of subjects) {
    process.stdout.write(`${name}\n${figures.map((figure) => `  ${figure.name}: ${figure.about}\n`).join("")}`);
  }
}

function tell(outcomes: readonly (Told | Skipped)[], { json }: Wanted): void {
  const told = outcomes.filter((outcome) => "results" in outcome);
  const results = told.flatMap((each) => each.results);
  if (json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
  else {
    const rows = told.flatMap(({ subject, results: its }) => rowsOf(subject, its));
    process.stdout.write(`${aligned([headings, ...rows])}\n`);
  }
}

main().catch((error: unknown) => {
  report(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
