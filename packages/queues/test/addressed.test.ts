import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import {
  addresseeOf,
  closeQueues,
  type DeadLetter,
  deadLettersLike,
  findDeadLetter,
  noteDropped,
  openQueues,
  type Queues,
} from "../src/index.ts";

let server: FreshRedis;
let queues: Queues;

beforeAll(async () => {
  server = await freshRedis();
});
beforeEach(async () => {
  const redis = server.connect();
  await redis.flushall();
  queues = openQueues(redis);
  await bury("later", delivery("team", "9-0"));
  await bury("sooner", delivery("team", "10-0", { digest: ["7-0", "8-0"] }), { error: "PermanentError" });
  await bury("other", delivery("pager", "1-0"));
  await bury("observed", { observations: [] }, { queue: "observations" });
});
afterEach(() => closeQueues(queues));
afterAll(() => server.stop());

describe("dead letters", () => {
  test.each([
    [{ sink: "team" }, ["sooner", "later"]],
    [{ sink: "team", error: "PermanentError" }, ["sooner"]],
    [{ queue: "observations" }, ["observed"]],
    [{ sink: "nobody" }, []],
    [{}, ["observed", "other", "sooner", "later"]],
  ])("like %j are found in the order of the log", async (which, ids) => {
    expect((await deadLettersLike(queues, which)).map(({ id }) => id)).toEqual(ids);
  });

  test("of a digest tell of every event in it", async () => {
    expect(addresseeOf(await find("sooner"))).toEqual({ sink: "team", seqs: ["7-0", "8-0"] });
  });

  test("that are no deliveries tell nobody", async () => {
    expect(addresseeOf(await find("observed"))).toBeUndefined();
  });

  test("that are dropped are noted beside each of their events", async () => {
    const noted: string[] = [];
    const attempted = async (seq: string, { sink, outcome }: { sink: string; outcome: string }) => {
      noted.push(`${seq} ${sink} ${outcome}`);
      return Promise.resolve();
    };
    const traces = { attempted };
    await noteDropped(await find("sooner"), { traces, now: new Date() });
    await noteDropped(await find("observed"), { traces, now: new Date() });
    expect(noted).toEqual(["7-0 team not_needed", "8-0 team not_needed"]);
  });
});

function delivery(sink: string, seq: string, more: object = {}): object {
  return { v: 1, eventId: "evt_1", seq, sink, ...more };
}

async function bury(id: string, data: object, differences: Partial<DeadLetter> = {}): Promise<void> {
  const letter: DeadLetter = {
    ...{ v: 1, queue: "deliveries", jobId: id, name: id, attempts: 5, stalls: 0, data },
    ...{ error: "Error", reason: "It is down." },
    ...{ createdAt: "2026-03-01T12:00:00.000Z", failedAt: "2026-03-01T12:05:00.000Z" },
    ...differences,
  };
  await queues["dead-letters"].add(letter.error, letter, { jobId: id });
}

async function find(id: string) {
  const grave = await findDeadLetter(queues, id);
  if (!grave) throw new Error(`There is no ${id}.`);
  return grave;
}
