import { describe, expect, test } from "@jest/globals";
import type { Event } from "@statuswire/status";
import fc, { type Scheduler } from "fast-check";
import type { Live } from "../src/stream/live.ts";
import { subscribe } from "../src/stream/subscription.ts";

describe("a subscription", () => {
  test("takes every event once and in order, however reading, hearing and taking interleave", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), stories(), async (scheduler, story) => {
        const taken = await play(scheduler, story);
        expect(taken).toEqual(seqs(story.from, total(story)));
      }),
      { numRuns: 200 },
    );
  });

  test("takes nothing any more once it has ended", async () => {
    const { live, log, append } = world();
    const taken: string[] = [];
    const subscription = subscribe(
      { live, log },
      { from: seqOf(0), take: async (events) => void taken.push(...names(events)), failed },
    );
    subscription.end();
    append(3);
    await new Promise(setImmediate);
    expect(taken).toEqual([]);
  });

  test("says so when the log cannot be read, and ends", async () => {
    const { live, append } = world();
    const log = { after: () => Promise.reject(new Error("Redis is away")) };
    const failure = new Promise((resolve) => {
      subscribe({ live, log }, { from: seqOf(0), take: () => Promise.resolve(), failed: resolve });
    });
    expect(await failure).toEqual(new Error("Redis is away"));
    append(1);
  });
});

interface Story {
  /** How many events the log holds beforehand, and after how many of them the subscription begins. */
  early: number;
  from: number;
  /** The sizes of the batches that come while it runs. */
  batches: readonly number[];
}

function stories() {
  const size = fc.integer({ min: 1, max: 3 });
  return fc
    .record({
      early: fc.nat(450),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      batches: fc.array(size, { maxLength: 6 }),
    })
    .map(({ early, share, batches }): Story => ({ early, from: Math.floor(early * share), batches }));
}

/** Lets the scheduler decide when each read, each batch and each take comes to its end. */
async function play(scheduler: Scheduler, { early, from, batches }: Story): Promise<string[]> {
  const { live, log, record } = world(early);
  const taken: string[] = [];
  subscribe(
    {
      live,
      log: {
        after: (seq, count) =>
          log.after(seq, count).then((events) => scheduler.schedule(Promise.resolve(events), "read")),
      },
    },
    {
      from: seqOf(from),
      take(events) {
        taken.push(...names(events));
        const isFull = taken.length % 2 > 0;
        return isFull ? scheduler.schedule(Promise.resolve(), "take") : undefined;
      },
      failed,
    },
  );
  for (const size of batches) {
    const announce = record(size);
    void scheduler.schedule(Promise.resolve(), "batch").then(announce);
  }
  await scheduler.waitIdle();
  return taken;
}

/** A log in memory, and the reader that tells of what is appended to it. */
function world(early = 0) {
  const events = Array.from({ length: early }, (_none, index) => eventAt(index + 1));
  const listeners = new Set<(events: readonly Event[]) => void>();
  const pending: Event[][] = [];
  let announced = early;
  const live: Pick<Live, "listen" | "since"> = {
    // The latter half of what was there at first is at hand.
    since(seq) {
      const at = placeIn(seq);
      return at <= early / 2 ? undefined : events.slice(at, announced);
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  // What is in the log is announced later, but in its order.
  function record(size: number): () => void {
    const batch = Array.from({ length: size }, (_none, index) => eventAt(events.length + index + 1));
    events.push(...batch);
    pending.push(batch);
    return () => {
      const next = pending.shift() ?? [];
      announced += next.length;
      for (const listener of [...listeners]) listener(next);
    };
  }
  return {
    live,
    log: {
      after: (seq: string | undefined, count: number) => {
        const at = placeIn(seq ?? seqOf(0));
        return Promise.resolve(events.slice(at, at + count));
      },
    },
    record,
    append: (size: number) => record(size)(),
  };
}

function failed(error: unknown): never {
  throw error;
}

function total({ early, batches }: Story): number {
  return batches.reduce((sum, size) => sum + size, early);
}

function seqs(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_none, index) => seqOf(from + index + 1));
}

function seqOf(place: number): string {
  return `${place}-0`;
}

function placeIn(seq: string): number {
  return Number(seq.split("-")[0]);
}

function names(events: readonly Event[]): string[] {
  return events.map(({ seq }) => seq);
}

function eventAt(place: number): Event {
  const time = "2025-11-03T14:32:00.000Z";
  return {
    ...{ id: `evt_${place}`, seq: seqOf(place), type: "component.changed", provider: "acme", product: "ACME API" },
    ...{ status: "Operational", timestamp: time, observedAt: time, via: "poll", initial: false, inferred: false },
  };
}
