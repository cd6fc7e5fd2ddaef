import { build } from "./build.mjs";
import { bundle } from "./bundle.mjs";
import { environment } from "./environment.mjs";
import { help } from "./help.mjs";
import { install } from "./install.mjs";
import { commandOf, jobNames } from "./jobs.mjs";
import { runProgram } from "./program.mjs";
import { redis } from "./redis.mjs";
import { report, SetupError } from "./report.mjs";

/** Jobs that only run what was built, and need no types. */
const running = new Set(["start", "demo"]);

/** Sets up whatever is missing, then does the job that the arguments name; ends as the job ends. */
export async function main([job, ...args]) {
  if (!jobNames.includes(job)) return refuse(job);
  const env = environment(process.env);
  // What `exec` runs explains itself.
  if (job !== "exec" && (args.includes("--help") || args.includes("-h"))) return help({ job, args, env });
  try {
    await install(env);
    await (running.has(job) ? bundle : build)(env);
    await redis({ job, env });
    await finishAs(await runProgram(commandOf(job, args), { env }));
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    report(error.message);
    await finishAs(error.outcome);
  }
}

function refuse(job) {
  report(`${job ? `There is no job "${job}"` : "Name a job"}. There are: ${jobNames.join(", ")}`);
  process.exitCode = 1;
}

// A program that a signal has ended is reported as such: npm and shells tell that from a failure.
async function finishAs({ code, signal }) {
  if (signal) process.kill(process.pid, signal);
  process.exitCode = code ?? 1;
}
