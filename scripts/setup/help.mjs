import { existsSync } from "node:fs";
import { commandOf, statuswire } from "./jobs.mjs";
import { runProgram } from "./program.mjs";

const text = `Usage:
  npm start [-- OPTIONS]       Watch status pages and print each change. Ctrl-C ends it.
  npm run demo [-- OPTIONS]    The same on simulated pages, on which incidents unfold. Needs no network.
  npm test [-- PATTERN]        Run all tests, or those whose path matches.
  npm run verify               Check format, unused code, types and lint, tests included.

Each first installs, builds and finds a Redis server, as far as that is missing. Needs Node 20.19 or newer and npm.

  REDIS_URL                    A Redis that runs already. Unset: we start one, in STATUSWIRE_DATA (.statuswire).
  STATUSWIRE_REDIS_BIN         The redis-server to start. Unset: the first on the PATH.
  STATUSWIRE_NO_INSTALL=1      Never install a Redis server; say how instead.
`;

/** Explains itself without setting anything up, then lets the program explain its own options if it is built. */
export async function help({ job, args, env }) {
  process.stdout.write(text);
  if (job !== "start" && job !== "demo") return;
  if (!existsSync(statuswire))
    return void process.stdout.write("\nAfter the first run, this also lists the options.\n");
  process.stdout.write("\n");
  const { code } = await runProgram(commandOf(job, args), { env });
  process.exitCode = code ?? 1;
}
