import { expect, test } from "@jest/globals";
import { createBackOff } from "../src/up/back-off.ts";

test("waits longer after each end, and the same after many", () => {
  const { waitAfter } = createBackOff();
  expect(Array.from({ length: 8 }, () => waitAfter(0))).toEqual([
    200, 500, 1000, 2000, 5000, 10_000, 10_000, 10_000,
  ]);
});

test("begins anew after a long run", () => {
  const { waitAfter } = createBackOff();
  expect([waitAfter(0), waitAfter(0), waitAfter(31_000), waitAfter(0)]).toEqual([200, 500, 200, 500]);
});

test("ends at its limit, unless a long run came between", () => {
  const { waitAfter } = createBackOff(2);
  expect([waitAfter(0), waitAfter(0), waitAfter(0)]).toEqual([200, 500, undefined]);
  expect(waitAfter(31_000)).toBe(200);
});
