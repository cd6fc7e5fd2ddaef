import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { createHolds, type Hold, type Holds } from "../src/index.ts";

let server: FreshRedis;
let holds: Holds;

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(async () => {
  const redis = server.connect();
  await redis.flushall();
  holds = createHolds(redis);
});
afterAll(() => server.stop());

const hold: Hold = { kind: "digest", seq: "5-0", sink: "team" };
const other: Hold = { ...hold, sink: "log" };

describe("what is held", () => {
  test("is due when its time has come, the longest overdue first", async () => {
    await holds.keep([
      { ...hold, due: 20 },
      { ...other, due: 10 },
    ]);
    expect([await holds.due(9), await holds.due(10), await holds.due(20)]).toEqual([[], [other], [other, hold]]);
  });

  test("stays until it is released", async () => {
    await holds.keep([{ ...hold, due: 10 }]);
    await holds.release([other]);
    expect(await holds.due(10)).toEqual([hold]);
    await holds.release([hold]);
    expect(await holds.due(10)).toEqual([]);
  });

  test("is held once, until when was said first", async () => {
    await holds.keep([{ ...hold, due: 10 }]);
    await holds.keep([{ ...hold, due: 99 }]);
    expect(await holds.due(10)).toEqual([hold]);
  });

  test("comes in portions", async () => {
    await holds.keep([
      { ...hold, due: 1 },
      { ...other, due: 2 },
    ]);
    expect(await holds.due(9, 1)).toEqual([hold]);
  });
});
