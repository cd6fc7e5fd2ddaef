import { describe, expect, test } from "@jest/globals";
import { strike } from "../src/soak/faults.ts";

describe("striking", () => {
  test("measures how long it takes until others do the work of one that is killed", async () => {
    const struck = await strikeWorker({ takenOverAfterMs: 300 });
    expect(struck.takeOverSeconds).toBeGreaterThanOrEqual(0.2);
  });
});

/** Kills a worker whose work others do some time later. */
function strikeWorker({ takenOverAfterMs }: { takenOverAfterMs: number }) {
  let killedAt = 0;
  const kill = {
    begin: () => void (killedAt = performance.now()),
    end: () => undefined,
    isTakenOver: async () => Promise.resolve(performance.now() - killedAt >= takenOverAfterMs),
  };
  const plan = [{ at: 0, fault: "kill" as const, target: "worker-1", seconds: 0 }];
  return strike(plan, [{ name: "worker-1", kill }], { recovered: () => Promise.resolve() });
}
