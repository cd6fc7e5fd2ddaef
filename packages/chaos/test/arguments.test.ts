import { describe, expect, test } from "@jest/globals";
import { readArguments } from "../src/soak/arguments.ts";

describe("the command line of the soak", () => {
  test("without a word means a minute, three workers and no faults", () => {
    const { seconds, workers, faults, seed } = readArguments([], 1234);
    expect({ seconds, workers, seed }).toEqual({ seconds: 60, workers: 3, seed: 1234 });
    expect(Object.values(faults)).toEqual([false, false, false, false]);
  });

  test("says how many workers", () => {
    expect(readArguments(["--workers", "4"]).workers).toBe(4);
  });

  test("names the faults", () => {
    expect(readArguments(["--kill-workers", "--pause"]).faults).toMatchObject({ killWorkers: true, pause: true });
  });

  test.each([
    ["a control that is not there", ["--control", "nothing"], /ack-before-write/],
    ["a number that is none", ["--seconds", "soon"], /--seconds/],
  ])("is refused for %s", (_what, args, message) => {
    expect(() => readArguments(args)).toThrow(message);
  });
});
