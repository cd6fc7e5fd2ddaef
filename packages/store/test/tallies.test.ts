import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { type Attempt, createTallies, createTraces, keys, type Tallies } from "../src/index.ts";

let server: FreshRedis;
let redis: Redis;
let tallies: Tallies;

beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
  tallies = createTallies(redis);
});
beforeEach(() => redis.flushall());
afterAll(() => server.stop());

const noon = Date.parse("2026-03-01T12:00:00.000Z");
const hourMs = 3_600_000;

describe("tries to tell sinks", () => {
  test("are counted by the hour, by sink and by how they ended", async () => {
    await tried("team chat", "delivered", noon + 1);
    await tried("team chat", "delivered", noon + hourMs - 1);
    await tried("team chat", "failed", noon + hourMs);
    expect(await tallies.ofLast(2, noon + hourMs + 5)).toEqual([
      { hour: noon, sink: "team chat", outcome: "delivered", tries: 2 },
      { hour: noon + hourMs, sink: "team chat", outcome: "failed", tries: 1 },
    ]);
  });

  test("are counted many at once", async () => {
    const at = (ms: number) => ({ at: new Date(ms).toISOString(), sink: "team", outcome: "delivered" }) as const;
    await tallies.count([at(noon), at(noon + 5), { ...at(noon), outcome: "failed" }, at(noon + hourMs)]);
    await tallies.count([at(noon)]);
    expect((await tallies.ofLast(2, noon + hourMs)).map(({ outcome, tries }) => [outcome, tries])).toEqual([
      ["delivered", 3],
      ["failed", 1],
      ["delivered", 1],
    ]);
  });

  test("that are older than was asked for are left out", async () => {
    await tried("team", "delivered", noon);
    expect(await tallies.ofLast(1, noon + hourMs)).toEqual([]);
  });

  test("are forgotten after eight days", async () => {
    await tried("team", "delivered", noon);
    expect(await redis.pttl(keys.tally(noon))).toBeGreaterThan(7 * 24 * hourMs);
    expect(await redis.pttl(keys.tally(noon))).toBeLessThanOrEqual(8 * 24 * hourMs);
  });
});

function tried(sink: string, outcome: Attempt["outcome"], at: number): Promise<void> {
  return createTraces(redis).attempted(`${at}-0`, { sink, outcome, at: new Date(at).toISOString() });
}
