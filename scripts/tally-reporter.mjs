import { writeFileSync } from "node:fs";

/**
 * Ends a test run with one plain line that any reader of CI logs understands. With STATUSWIRE_CI_STRICT=1, a test that was
 * skipped counts as failed.
 */
export default class TallyReporter {
  #env;
  #skipped = 0;

  constructor(_config, _options, _context, env = process.env) {
    this.#env = env;
  }

  onRunComplete(_contexts, results) {
    this.#skipped = results.numPendingTests;
    const broken = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const tally = {
      passed: results.numPassedTests,
      failed: broken + (this.#isStrict() ? this.#skipped : 0),
      skipped: this.#isStrict() ? 0 : this.#skipped,
    };
    for (const name of skippedIn(results)) process.stdout.write(`\nSkipped: ${name}`);
    process.stdout.write(`\n${lineOf(tally)}\n`);
    if (this.#env.STATUSWIRE_TALLY) writeFileSync(this.#env.STATUSWIRE_TALLY, JSON.stringify(tally));
  }

  /** What makes jest end with a failure. */
  getLastError() {
    if (!this.#isStrict() || !this.#skipped) return undefined;
    return new Error(`Skipped: ${this.#skipped}. With STATUSWIRE_CI_STRICT=1 every test must run.`);
  }

  #isStrict() {
    return this.#env.STATUSWIRE_CI_STRICT === "1";
  }
}

function lineOf({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ""}`;
}

function skippedIn({ testResults = [] }) {
  return testResults.flatMap(({ testResults: tests = [] }) =>
    tests.filter(({ status }) => status === "pending").map(({ fullName }) => fullName),
  );
}
