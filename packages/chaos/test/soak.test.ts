import { describe, expect, jest, test } from "@jest/globals";
import { withStage } from "../src/rig/stage.ts";
import { readArguments } from "../src/soak/arguments.ts";
import { soak } from "../src/soak/soak.ts";

jest.setTimeout(180_000);

describe("a short soak", () => {
  test("in which Redis and ingest are killed loses nothing and tells nothing twice", async () => {
    const { ledger, timeline } = await run("--seconds", "5", "--workers", "2", "--kill-redis", "--kill-ingest");
    expect(ledger.findings).toEqual([]);
    expect(ledger.outOfOrder).toBe(0);
    expect(timeline.map(({ fault, target }) => `${fault} ${target}`)).toEqual(["kill ingest", "kill redis"]);
    expect(ledger.events).toBeGreaterThan(50);
  });

  test("behind a door that says 202 too early shows what was lost", async () => {
    const { ledger } = await run("--seconds", "4", "--workers", "1", "--control", "ack-before-write");
    expect(ledger.lost).toBeGreaterThan(0);
  });
});

describe("a short soak whose workers each hold all partitions", () => {
  test("shows what came out of order", async () => {
    const { ledger } = await run("--seconds", "4", "--workers", "4", "--control", "spread-workers");
    expect(ledger.outOfOrder).toBeGreaterThan(0);
    expect(ledger.findings.some((finding) => finding.startsWith("out of order: "))).toBe(true);
  });
});

/** Of this seed come both faults within five seconds. */
const seed = "8";

function run(...args: string[]) {
  const interrupted = new Promise<never>(() => undefined);
  const wanted = readArguments([...args, "--seed", seed]);
  return withStage({ env: process.env, interrupted }, (stage) => soak(stage, wanted, () => undefined));
}
