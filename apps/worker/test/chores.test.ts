import { afterEach, describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";
import { type Chores, startChores } from "../src/chores.ts";

let chores: Chores;

afterEach(() => chores.stop());

const day = 24 * 60 * 60 * 1000;

describe("a chore", () => {
  test("is done at the start, and whenever it is due", async () => {
    const done = start({ everyMs: 1 });
    await waitUntil("it to be done thrice", () => done.length >= 3);
  });

  test("is done soon when there is reason to", async () => {
    const done = start({ everyMs: day });
    await waitUntil("it to be done", () => done.length === 1);
    chores.nudge("sweep");
    chores.nudge("sweep");
    await waitUntil("it to be done again", () => done.length === 2);
  });

  test("for which there is reason while it is being done is done again", async () => {
    const done = start({ everyMs: day, during: () => chores.nudge("sweep"), times: 1 });
    await waitUntil("it to be done again", () => done.length === 2);
  });

  test("that fails is told, and done again", async () => {
    const told: unknown[] = [];
    const perform = () => Promise.reject(new Error("no broom"));
    chores = startChores([{ name: "sweep", everyMs: 1, perform }], (...happening) => void told.push(happening));
    await waitUntil("it to fail twice", () => told.length >= 2);
    expect(told[0]).toMatchObject(["queue.troubled", { chore: "sweep", error: { message: "no broom" } }]);
  });

  test("is not begun once all are stopped, nudged or not", async () => {
    const done = start({ everyMs: 1 });
    await chores.stop();
    const until = done.length;
    chores.nudge("sweep");
    await new Promise((resolve) => setImmediate(resolve));
    expect(done).toHaveLength(until);
  });
});

/** Starts one chore; what comes back grows each time that it is done. */
function start({
  everyMs,
  during,
  times = 0,
}: {
  everyMs: number;
  during?: () => void;
  times?: number;
}): number[] {
  const done: number[] = [];
  async function perform(): Promise<void> {
    await Promise.resolve();
    if (done.length < times) during?.();
    done.push(Date.now());
  }
  chores = startChores([{ name: "sweep", everyMs, perform }], () => undefined);
  return done;
}
