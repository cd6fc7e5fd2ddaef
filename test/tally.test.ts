import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, jest, test } from "@jest/globals";
import TallyReporter from "../scripts/tally-reporter.mjs";

const skipped = { fullName: "the page shows an incident", status: "pending" };
const results = {
  numPassedTests: 7,
  numFailedTests: 1,
  numRuntimeErrorTestSuites: 1,
  numPendingTests: 1,
  testResults: [{ testResults: [skipped, { fullName: "another", status: "passed" }] }],
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sw-tally-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the end of a test run", () => {
  test.each([
    ["counts what was skipped", {}, "7 passed, 2 failed, 1 skipped", undefined],
    [
      "counts it as failed where everything must run",
      { STATUSWIRE_CI_STRICT: "1" },
      "7 passed, 3 failed",
      "Skipped: 1.",
    ],
  ])("%s, and names it", async (_what, env, line, error) => {
    const tally = join(folder, "tally.json");
    const { reporter, said } = report({ ...env, STATUSWIRE_TALLY: tally });
    expect(said.trim().split("\n")).toEqual(["Skipped: the page shows an incident", line]);
    const ends = reporter.getLastError()?.message;
    if (error === undefined) expect(ends).toBeUndefined();
    else expect(ends).toContain(error);
    expect(JSON.parse(await readFile(tally, "utf8"))).toMatchObject({ passed: 7 });
  });
});

function report(env: NodeJS.ProcessEnv) {
  const reporter = new TallyReporter({}, {}, {}, env);
  const said: string[] = [];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((chunk) => said.push(String(chunk)) > 0);
  try {
    reporter.onRunComplete({}, results);
  } finally {
    write.mockRestore();
  }
  return { reporter, said: said.join("") };
}
