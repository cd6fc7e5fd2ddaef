import type { Scenario } from "../chaos/scenario.ts";
import { loseWorker } from "../rig/lost-worker.ts";
import type { Part } from "../rig/part.ts";

/** A worker is killed with its hands full: what it had in hand is picked up within twelve seconds by another. */
export const workerKilled: Scenario = {
  id: "worker-killed",
  title: "A worker is killed with its hands full",
  promises: [1, 2, 6],
  run: ({ stage }) => loseWorker(stage, { workers: 2, lose: kill, unnoted: 1 }),
  control: {
    title: "there is no other worker",
    run: ({ stage }) => loseWorker(stage, { workers: 1, lose: kill, unnoted: 1 }),
  },
};

function kill(worker: Part): Promise<void> {
  return worker.kill();
}
