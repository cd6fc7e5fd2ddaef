// What CI runs: all checks, then all tests. Needs Node, npm and git; gets the rest where this machine lets it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { getTools } from "./ci/tools.mjs";
import { root } from "./setup/paths.mjs";

const folder = mkdtempSync(join(tmpdir(), "statuswire-ci-"));
const tally = join(folder, "tally.json");
const { path, isComplete } = getTools();

const env = {
  ...process.env,
  PATH: [path, process.env.PATH].filter(Boolean).join(delimiter),
  STATUSWIRE_TALLY: tally,
  // Whoever can install everything has no reason to skip anything.
  ...(isComplete && { STATUSWIRE_CI_STRICT: process.env.STATUSWIRE_CI_STRICT ?? "1" }),
};

const isVerified = npm("run", "--silent", "verify");
const isTested = npm("test", "--silent");
const { passed, failed, skipped } = counted();
rmSync(folder, { recursive: true, force: true });

if (!isVerified) process.stdout.write("\nThe checks of `npm run verify` failed; their reasons are above.\n");
const rest = skipped ? `, ${skipped} skipped` : "";
process.stdout.write(`\n${passed} passed, ${failed + (isVerified ? 0 : 1)} failed${rest}\n`);
process.exitCode = isVerified && isTested ? 0 : 1;

function npm(...args) {
  return spawnSync("npm", args, { cwd: root, env, stdio: "inherit" }).status === 0;
}

// Without a count the tests did not even begin.
function counted() {
  try {
    return JSON.parse(readFileSync(tally, "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
