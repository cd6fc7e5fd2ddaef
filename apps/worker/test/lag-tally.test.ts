import { expect, test } from "@jest/globals";
import type { LagCount, Lags } from "@statuswire/store";
import { createLagTally } from "../src/lag-tally.ts";
import { at } from "./stage.ts";

const lag = { step: "delivered", provider: "acme", sink: "team", ms: 1 } as const;

test("lags that Redis does not take are counted the next time, once", async () => {
  const tally = createLagTally();
  tally.add(lag);
  await expect(
    tally.flush({ ...lags(), count: () => Promise.reject(new Error("away")) }, at(0)),
  ).rejects.toThrow();
  tally.add(lag);
  const taken: LagCount[] = [];
  for (let times = 0; times < 2; times++) await tally.flush(lags(taken), at(1));
  expect(taken).toEqual([{ step: "delivered", provider: "acme", sink: "team", bucket: 0, count: 2 }]);
});

function lags(taken: LagCount[] = []): Lags {
  return { count: async (counted) => void taken.push(...counted), ofDay: () => Promise.resolve([]) };
}
