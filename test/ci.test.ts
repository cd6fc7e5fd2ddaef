import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";

const ci = fileURLToPath(new URL("../.ci/run", import.meta.url));

/** An npm that only says how the checks and the tests went. */
const npm = `#!/bin/sh
echo "npm $*"
if [ "$1" = run ]; then exit "$CHECKS"; fi
if [ -n "$TALLY" ]; then echo "$TALLY" >"$STATUSWIRE_TALLY"; fi
exit "$TESTS"
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sw-ci-"));
  writeFileSync(join(folder, "npm"), npm);
  chmodSync(join(folder, "npm"), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("what CI runs", () => {
  test.each([
    ["all is well", { passed: 5, failed: 0, skipped: 0 }, 0, 0, "5 passed, 0 failed", 0],
    ["tests were skipped", { passed: 5, failed: 0, skipped: 2 }, 0, 0, "5 passed, 0 failed, 2 skipped", 0],
    ["a test failed", { passed: 4, failed: 1, skipped: 0 }, 0, 1, "4 passed, 1 failed", 1],
    ["a check failed", { passed: 5, failed: 0, skipped: 0 }, 1, 0, "5 passed, 1 failed", 1],
    ["the tests did not begin", undefined, 0, 1, "0 passed, 1 failed", 1],
  ])("ends with one plain line when %s", (_when, tally, checks, tests, line, code) => {
    const env = {
      PATH: [folder, dirname(process.execPath), process.env["PATH"]].join(delimiter),
      ...{ TALLY: tally && JSON.stringify(tally), CHECKS: String(checks), TESTS: String(tests) },
      STATUSWIRE_NO_INSTALL: "1",
    };
    const { stdout, status } = spawnSync(ci, { env, encoding: "utf8" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.slice(0, 2)).toEqual(["npm run --silent verify", "npm test --silent"]);
    expect([lines.at(-1), status]).toEqual([line, code]);
  });
});
