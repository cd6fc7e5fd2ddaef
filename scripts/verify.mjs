// What `npm run verify` checks, from the quickest to the slowest; every check runs, whatever came before it.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { bin, root } from "./setup/paths.mjs";

const checks = [
  ["format", [join(bin, "prettier"), "--check", "--log-level", "warn", "."]],
  ["unused code", [join(bin, "knip")]],
  ["types", [join(bin, "turbo"), "run", "typecheck", "--ui=stream", "--output-logs=errors-only"]],
  ["types of test/", [join(bin, "tsc"), "-p", "tsconfig.test.json"]],
  ["lint", [process.execPath, join(root, "scripts", "lint.mjs")]],
];

const failed = checks.filter(([name, [file, ...args]]) => {
  const startedAt = performance.now();
  const { status } = spawnSync(file, args, { cwd: root, stdio: "inherit" });
  const seconds = Math.round((performance.now() - startedAt) / 1_000);
  process.stdout.write(`${status === 0 ? "✓" : "✗"} ${name} (${seconds} s)\n`);
  return status !== 0;
});
process.exitCode = failed.length ? 1 : 0;
