import { parseArgs } from "node:util";
import { controls } from "./controls.ts";

/** What the command line asks for. */
export interface Wanted {
  seconds: number;
  workers: number;
  faults: { killWorkers: boolean; killRedis: boolean; killIngest: boolean; pause: boolean };
  seed: number;
  control?: string;
  json: boolean;
  help: boolean;
}

export const usage = `npm run soak -- [options]

Runs the real ingest, workers and Redis under a simulated world, strikes them, waits until it is quiet, and draws the account:
what is lost, doubled or out of its provider's order, and how soon all worked again after a fault.
Exit code 0 when every promise was kept, 1 when one was broken or when it never became quiet.

  --seconds N      how long it is posted and struck (60)
  --workers N      how many workers (3)
  --kill-workers   SIGKILL workers, and start them again
  --kill-redis     SIGKILL Redis, and start it again
  --kill-ingest    SIGKILL ingest, and start it again
  --pause          SIGSTOP them: workers for longer than their leases, Redis and ingest for a second or two
  --seed S         the same seed plans the same faults (the time)
  --control NAME   breaks something on purpose; exit code 0 when the account shows it, 1 when not:
${Object.entries(controls)
  .map(([name, { about }]) => `                     ${name}: ${about}`)
  .join("\n")}
  --json           the account as JSON on stdout
  --help           this
`;

const flag = { type: "boolean", default: false } as const;
const text = { type: "string" } as const;

/** Throws an Error that says what is wrong with the command line. */
export function readArguments(args: readonly string[], now = Date.now()): Wanted {
  const { values } = parseArgs({
    args: [...args],
    options: {
      ...{ seconds: text, workers: text, seed: text, control: text, json: flag, help: flag, pause: flag },
      ...{ "kill-workers": flag, "kill-redis": flag, "kill-ingest": flag },
    },
  });
  const { control, json, help, pause } = values;
  if (control !== undefined && !Object.hasOwn(controls, control)) {
    throw new Error(`No control is called "${control}". There are: ${Object.keys(controls).join(", ")}.`);
  }
  return {
    seconds: whole("seconds", values.seconds ?? "60", 3),
    workers: whole("workers", values.workers ?? "3", 1),
    faults: {
      killWorkers: values["kill-workers"],
      killRedis: values["kill-redis"],
      killIngest: values["kill-ingest"],
      pause,
    },
    seed: whole("seed", values.seed ?? String(now % 1_000_000), 0),
    ...(control === undefined ? {} : { control }),
    json,
    help,
  };
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least) return value;
  throw new Error(`--${name} takes a whole number from ${least} on, not "${text}".`);
}
