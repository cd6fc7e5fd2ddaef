import { beforeEach, describe, expect, test } from "@jest/globals";
import { createRegistry } from "@statuswire/telemetry";
import { countAlso, takeCounted } from "../src/counted.ts";
import { createFigures, type Figures } from "../src/figures.ts";

let quarantine: Figures;
let worker: Figures;

beforeEach(() => {
  quarantine = createFigures(createRegistry());
  worker = createFigures(createRegistry());
});

describe("what the quarantine counts", () => {
  test("is counted by the worker that keeps it, once", async () => {
    quarantine.polls.inc({ provider: "acme", outcome: "changed" }, 2);
    worker.polls.inc({ provider: "acme", outcome: "changed" });
    for (let times = 0; times < 2; times++) countAlso(worker, await takeCounted(quarantine));
    expect(await polls(worker)).toEqual([{ labels: { provider: "acme", outcome: "changed" }, value: 3 }]);
  });

  test("while it is being taken is taken the next time", async () => {
    const taking = takeCounted(quarantine);
    quarantine.polls.inc({ provider: "acme", outcome: "failed" });
    await taking;
    countAlso(worker, await takeCounted(quarantine));
    expect(await polls(worker)).toMatchObject([{ value: 1 }]);
  });

  test("is told without how long things took, which no sum can tell", async () => {
    quarantine.times.polled("changed", 5);
    expect(await takeCounted(quarantine)).toEqual([]);
  });

  test("is left out by a worker that does not know it", () => {
    expect(() => countAlso(worker, [{ figure: "dreams", labels: {}, count: 1 }])).not.toThrow();
  });
});

async function polls({ polls: counter }: Figures) {
  return (await counter.get()).values;
}
