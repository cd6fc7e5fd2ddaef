import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { createPayloads, keys, type PollNote, pollsIn, withPoll } from "../src/index.ts";

let server: FreshRedis;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());

describe("the last polls", () => {
  test("are as they were noted, the newest first", () => {
    const failed = { ...poll(1), status: undefined, bytes: 0, outcome: "wrong shape: it no longer\nanswers" };
    expect(pollsIn(withPoll(withPoll(undefined, poll(0)), failed))).toEqual([
      { ...failed, outcome: "wrong shape: it no longer answers" },
      poll(0),
    ]);
  });

  test("are twenty at most", () => {
    const kept = Array.from({ length: 30 }, (_, minute) => poll(minute)).reduce<string | undefined>(
      withPoll,
      undefined,
    );
    expect(pollsIn(kept).map(({ at }) => at)).toEqual(
      Array.from({ length: 20 }, (_, index) => poll(29 - index).at),
    );
  });

  test("that can't be read are left out", () => {
    expect(pollsIn("nonsense\n\n")).toEqual([]);
  });
});

describe("a payload", () => {
  test("is kept up to its first 64 Ki characters", async () => {
    const payloads = createPayloads(server.connect());
    await payloads.keep("acme", { at: poll(0).at, text: "x".repeat(100_000) });
    expect(await payloads.of("acme")).toEqual({ at: poll(0).at, text: "x".repeat(65_536), isCut: true });
    expect(await payloads.of("nobody")).toBeUndefined();
  });

  test("is read as a former version kept it, too", async () => {
    const redis = server.connect();
    const kept = { at: poll(0).at, text: "operational", isCut: false };
    await redis.set(keys.payload("acme"), JSON.stringify(kept));
    expect(await createPayloads(redis).of("acme")).toEqual(kept);
  });

  test("takes less room than it has characters", async () => {
    const redis = server.connect();
    await createPayloads(redis).keep("acme", { at: poll(0).at, text: "operational ".repeat(1000) });
    expect(await redis.strlen(keys.payload("acme"))).toBeLessThan(1000);
  });
});

function poll(minute: number): PollNote {
  const at = new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
  return { at, outcome: "unchanged", status: 304, bytes: 0, ms: 12 };
}
