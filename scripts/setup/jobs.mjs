import { join } from "node:path";
import { root } from "./paths.mjs";

export const statuswire = join(root, "apps", "cli", "dist", "main.js");

const jobs = {
  start: (args) => [statuswire, "up", ...args],
  demo: (args) => [statuswire, "up", "--demo", ...args],
  test: (args) => [
    "--experimental-vm-modules",
    "--disable-warning=ExperimentalWarning",
    join(root, "node_modules", "jest", "bin", "jest.js"),
    ...args,
  ],
  verify: () => [join(root, "scripts", "verify.mjs")],
  exec: (args) => args,
  setup: () => ["--eval", ""],
};

export const jobNames = Object.keys(jobs);

/** The program that does the job. `exec FILE …` runs any Node script once everything is set up. */
export function commandOf(job, args) {
  return { file: process.execPath, args: jobs[job](args) };
}
