import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { ComponentStatus } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import fc from "fast-check";
import { createLog, createStore } from "../src/index.ts";
import { fold, says, statuses, take } from "./course.ts";

let server: FreshRedis;

beforeAll(async () => {
  server = await freshRedis({ appendOnly: true });
});
afterAll(() => server.stop());

describe("two processes that move one provider at once", () => {
  test("lose no event, double none, and agree with the log", async () => {
    const [redis, one, other] = [server.connect(), server.connect(), server.connect()];
    const log = createLog(redis);
    await fc.assert(
      fc.asyncProperty(fc.array(steps(), { maxLength: 40 }), async (said) => {
        await redis.flushall();
        const stores = [createStore(one), createStore(other)];
        const moved = await Promise.all(
          said.map(({ who, id, status }) => take(stores[who] ?? createStore(one), says(id, status))),
        );
        const events = await log.after(undefined, 1000);
        expect(fold(events)).toEqual(statuses(await createStore(redis).known("acme")));
        expect(moved.flatMap((step) => step.events).sort(bySeq)).toEqual([...events].sort(bySeq));
      }),
      { numRuns: 60 },
    );
  });

  test("lose and double nothing when Redis dies under them and comes back", async () => {
    const [redis, one, other] = [server.connect(), server.connect(), server.connect()];
    await redis.flushall();
    const stores = [createStore(one), createStore(other)];
    const moves = Array.from({ length: 200 }, (_, index) => {
      const status = ComponentStatus.options[index % 5] ?? "unknown";
      return { id: `c${index % 7}`, status, store: stores[index % 2] ?? createStore(one) };
    });
    const all = moves.map(async ({ id, status, store }, index) => {
      if (index === 100) await server.crash().then(() => server.revive());
      await take(store, says(id, status));
    });
    await Promise.all(all);
    expect(fold(await createLog(redis).after(undefined, 1000))).toEqual(
      statuses(await createStore(redis).known("acme")),
    );
  });
});

function steps() {
  return fc.record({
    who: fc.constantFrom(0, 1),
    id: fc.constantFrom("a", "b", "__proto__", "constructor"),
    status: fc.constantFrom(...ComponentStatus.options),
  });
}

function bySeq({ seq: one }: { seq: string }, { seq: other }: { seq: string }): number {
  return one.localeCompare(other, "en", { numeric: true });
}
