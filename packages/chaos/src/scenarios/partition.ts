import { waitUntil } from "@statuswire/testing";
import type { Scenario } from "../chaos/scenario.ts";
import { loseWorker } from "../rig/lost-worker.ts";
import { isReady, type Part } from "../rig/part.ts";
import type { Line } from "../rig/proxy.ts";

/** A worker is cut off from Redis until another has its work, and comes back with all that it still had to say: nothing is doubled. */
export const partition: Scenario = {
  id: "partition",
  title: "A worker with its hands full is cut off from Redis for longer than its locks last, and comes back",
  promises: [1, 2, 6],
  run: ({ stage }) => loseWorker(stage, { workers: 2, ...cut }),
  control: {
    title: "there is no other worker",
    run: ({ stage }) => loseWorker(stage, { workers: 1, ...cut }),
  },
};

const readyMs = 10_000;

const cut = {
  lose: (_worker: Part, line: Line) => line.become({ kind: "hold" }),
  async after(worker: Part, line: Line) {
    await line.become({ kind: "pass" });
    await waitUntil("it to be back", () => isReady(worker.url()), readyMs);
  },
  // All that it had in hand: nobody can tell from outside what it has printed.
  unnoted: 100,
};
