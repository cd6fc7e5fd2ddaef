import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { closeQueues, type DeadLetter, openQueues, type Queues } from "@statuswire/queues";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { run } from "./run.ts";

let redis: FreshRedis;
let queues: Queues;

beforeAll(async () => {
  redis = await freshRedis();
});
beforeEach(async () => {
  const connection = redis.connect();
  await connection.flushall();
  queues = openQueues(connection);
  await bury("one");
  await bury("two");
});
afterEach(() => closeQueues(queues));
afterAll(() => redis.stop());

describe("statuswire dead-letters", () => {
  test("lists them, newest first, with the reason on one line", async () => {
    const { out } = await deadLetters();
    expect(out.split("\n").filter((line) => /^\w/.test(line))).toEqual(["two", "one"]);
    expect(out).toContain('tried 1 time: UnknownProviderError: No provider is called "acme".');
    expect(out).not.toContain("\u001b");
  });

  test("lists them whole, one JSON object a line", async () => {
    const [line = ""] = (await deadLetters("list", "--json")).out.split("\n");
    expect(JSON.parse(line)).toEqual({ id: "two", ...letter("two") });
  });

  test("shows one", async () => {
    expect(JSON.parse((await deadLetters("show", "one")).out)).toEqual({ id: "one", ...letter("one") });
  });

  test("puts one back on its queue", async () => {
    await deadLetters("redrive", "one");
    expect(await queues.of("acme").observations.getWaiting()).toMatchObject([
      { name: "acme", data: letter("one").data },
    ]);
    expect(await left()).toEqual(["two"]);
  });

  test("puts all back on their queue", async () => {
    await deadLetters("redrive", "--all");
    expect(await queues.of("acme").observations.getWaitingCount()).toBe(2);
    expect(await left()).toEqual([]);
  });

  test.each([
    [["--sink", "team"], ["3-0", "20-0"], 3],
    [["--queue", "deliveries"], ["1-0", "3-0", "20-0"], 2],
    [["--error", "TimeoutError"], ["3-0"], 4],
    [["--sink", "team", "--error", "TimeoutError"], ["3-0"], 4],
    [["--all"], ["1-0", "3-0", "20-0"], 0],
  ])("puts back %j, deliveries in the order of the log", async (which, seqs, stay) => {
    await buryDelivery("team", "20-0");
    await buryDelivery("team", "3-0", "TimeoutError");
    await buryDelivery("other", "1-0");
    await deadLetters("redrive", ...which);
    const jobs = await queues.deliveries.getJobs(["waiting"], 0, -1, true);
    expect(jobs.map(({ data }) => (data as { seq: string }).seq)).toEqual(seqs);
    expect(await left()).toHaveLength(stay);
  });

  test("drops one, those alike, or all", async () => {
    await deadLetters("drop", "one");
    expect(await left()).toEqual(["two"]);
    await deadLetters("drop", "--queue", "deliveries");
    expect(await left()).toEqual(["two"]);
    await deadLetters("drop", "--all");
    expect(await left()).toEqual([]);
  });

  test.each([
    ["show", "nobody"],
    ["redrive", "nobody"],
    ["drop", "nobody"],
  ])("refuses to %s what there is not (%s)", async (...command) => {
    const { err, exitCode } = await deadLetters(...command);
    expect([err.startsWith("statuswire: "), exitCode]).toEqual([true, 1]);
    expect(await left()).toHaveLength(2);
  });

  test.each([[[]], [["one", "--all"]], [["one", "--sink", "team"]], [["--all", "--sink", "team"]]])(
    "touches nothing when %j leaves open which are meant",
    async (which) => {
      const { err } = await deadLetters("drop", ...which);
      expect(err).toContain("Say which, in one way");
      expect(await left()).toHaveLength(2);
    },
  );

  test("says so when there are none", async () => {
    await deadLetters("drop", "--all");
    expect(await deadLetters()).toMatchObject({ out: "", err: "There are no dead letters.\n", exitCode: 0 });
  });
});

function deadLetters(...command: string[]) {
  return run(["dead-letters", ...command], { REDIS_URL: redis.path });
}

function letter(jobId: string): DeadLetter {
  const at = "2026-03-01T10:00:00.000Z";
  return {
    v: 1,
    queue: "observations",
    jobId,
    name: "acme",
    data: { v: 1, observations: [{ id: jobId, provider: "acme", via: "webhook", receivedAt: at, body: "{}" }] },
    error: "UnknownProviderError",
    reason: 'No provider is called "acme".\n\u001b[31m',
    attempts: 1,
    stalls: 0,
    createdAt: at,
    failedAt: at,
  };
}

async function bury(id: string): Promise<void> {
  await queues["dead-letters"].add("UnknownProviderError", letter(id), { jobId: id });
}

async function buryDelivery(sink: string, seq: string, error = "Error"): Promise<void> {
  const data = { v: 1, eventId: "evt_1", seq, sink };
  await queues["dead-letters"].add(
    error,
    { ...letter(sink), queue: "deliveries", data, error },
    { jobId: `${sink}-${seq}` },
  );
}

async function left(): Promise<string[]> {
  return (await queues["dead-letters"].getWaiting()).map(({ id = "" }) => id);
}
