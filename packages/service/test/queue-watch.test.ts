import { EventEmitter } from "node:events";
import { describe, expect, test } from "@jest/globals";
import { tellTrouble, watchQueues } from "../src/index.ts";

const script = "script: 1e9bb7deb6219644a634d32c430ce15ed39a377e, on @user_script:119.";

describe("what a queue reports", () => {
  test.each([
    ["of its connection", "redis.lost", coded("connect ECONNREFUSED /run/redis.sock", "ECONNREFUSED")],
    ["that Redis has said", "redis.refused", replied("UNBLOCKED force unblock from blocking operation")],
    ["that Redis has said to a script", "redis.refused", replied(`OOM command not allowed. ${script}`)],
    [
      "that BullMQ says after Redis",
      "redis.refused",
      new Error(`Failed to add job: OOM command not allowed. ${script}`),
    ],
    ["of a job", "queue.troubled", coded("Missing lock for job 7. moveToFinished", -2)],
  ])("%s is told as %s", (_what, happening, error) => {
    const told: unknown[] = [];
    const queue = Object.assign(new EventEmitter(), { name: "polls" });
    watchQueues([queue], (...all) => void told.push(all));
    queue.emit("error", error);
    expect(told).toMatchObject([[happening, { error }]]);
  });
});

describe("trouble that is nobody's but ours", () => {
  test("is told with where it was", () => {
    const told: unknown[] = [];
    const error = new Error("no broom");
    tellTrouble((...all) => void told.push(all), { chore: "sweep", error });
    expect(told).toEqual([["queue.troubled", { chore: "sweep", error }]]);
  });
});

function coded(message: string, code: string | number): Error {
  return Object.assign(new Error(message), { code });
}

function replied(message: string): Error {
  return Object.assign(new Error(message), { name: "ReplyError" });
}
