import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Provider } from "@statuswire/config";
import { askNow, createScheduleKeeper } from "../src/schedule.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
let providers: readonly Provider[];
let keeper: ReturnType<typeof createScheduleKeeper>;
let clock: number;

beforeAll(async () => {
  const page = "http://127.0.0.1:1";
  stage = await openStage(["acme", "other"].map((id) => ({ id, page, format: "statuspage", every: 60 })));
  providers = stage.watched.all();
});
beforeEach(async () => {
  await stage.redis.flushall();
  clock = Date.now();
  keeper = keeperOf();
});
afterAll(() => stage.close());

const nothing = { added: [], repaired: [], removed: [] };
const minute = 60_000;

describe("the schedules", () => {
  test("are one for each provider, at its interval", async () => {
    expect(await bring(providers)).toEqual({ ...nothing, added: ["acme", "other"] });
    expect(await schedulers()).toMatchObject([
      { key: "acme", every: minute },
      { key: "other", every: minute },
    ]);
  });

  test("are right already the second time, and when several bring them in line at once", async () => {
    await Promise.all([keeperOf(), keeperOf(), keeperOf()].map((each) => each(providers)));
    expect(await bring(providers)).toEqual(nothing);
    expect(await stage.queues.of("acme").polls.getDelayedCount()).toBe(2);
  });

  test("of providers that are watched no more are removed", async () => {
    await bring(providers);
    expect(await bring(providers.slice(1))).toEqual({ ...nothing, removed: ["acme"] });
    expect(await schedulers()).toMatchObject([{ key: "other" }]);
  });

  test("follow a new interval", async () => {
    await bring(providers);
    const slower = providers.map((provider) => ({ ...provider, everySeconds: 120 }));
    expect(await bring(slower)).toEqual({ ...nothing, repaired: ["acme", "other"] });
    expect(await schedulers()).toMatchObject([{ every: 2 * minute }, { every: 2 * minute }]);
  });

  test("follow a new interval that came while nobody looked", async () => {
    await keeperOf()(providers.map((provider) => ({ ...provider, everySeconds: 120 })));
    expect(await bring(providers)).toEqual({ ...nothing, repaired: ["acme", "other"] });
    expect(await schedulers()).toMatchObject([{ every: minute }, { every: minute }]);
  });

  test("are looked at with one question, once they are right", async () => {
    await bring(providers);
    const before = await commands();
    await bring(providers);
    // INFO itself is one.
    expect((await commands()) - before).toBe(2);
  });

  test("are made again when everything is lost", async () => {
    await bring(providers);
    await stage.redis.flushall();
    expect(await bring(providers)).toEqual({ ...nothing, added: ["acme", "other"] });
  });

  test("are repaired when a job of theirs was lost", async () => {
    await bring(providers);
    await loseJobs();
    expect(await bring(providers, Date.now() + 10 * minute)).toEqual({ ...nothing, repaired: ["acme", "other"] });
    expect(await stage.queues.of("acme").polls.getDelayedCount()).toBe(2);
  });

  test("are repaired as soon as a job that was lost is late, and left alone while it waits", async () => {
    await bring(providers);
    const late = Math.max(...(await schedulers()).map(({ next = 0 }) => next)) + 3000;
    expect(await bring(providers, late)).toEqual(nothing);
    await loseJobs();
    expect(await bring(providers, late)).toEqual({ ...nothing, repaired: ["acme", "other"] });
  });

  test("are repaired when a clock that was ahead has put them off", async () => {
    await bring(providers);
    expect(await bring(providers, Date.now() - 180 * minute)).toEqual({ ...nothing, repaired: ["acme", "other"] });
  });

  test("don't fire all at once", async () => {
    await bring(providers);
    const [acme, other] = await schedulers();
    expect(acme?.next).not.toBe(other?.next);
  });
});

describe("asking now", () => {
  test("asks each page once, however many ask", async () => {
    await Promise.all([
      askNow(stage.queues.of("acme").polls, ["acme", "other"]),
      askNow(stage.queues.of("acme").polls, ["acme", "other"]),
    ]);
    expect((await stage.queues.of("acme").polls.getWaiting()).map(({ name }) => name).sort()).toEqual([
      "acme",
      "other",
    ]);
  });

  test("nobody is nothing", async () => {
    await askNow(stage.queues.of("acme").polls, []);
    expect(await stage.queues.of("acme").polls.getWaitingCount()).toBe(0);
  });

  test("spreads a great many", async () => {
    const ids = Array.from({ length: 200 }, (_, index) => `p${index}`);
    await askNow(stage.queues.of("acme").polls, ids);
    expect(await stage.queues.of("acme").polls.getDelayedCount()).toBeGreaterThan(150);
  });
});

function keeperOf() {
  return createScheduleKeeper({ redis: stage.redis, polls: stage.queues.of("acme").polls, now: () => clock });
}

function bring(wanted: readonly Provider[], now = Date.now()) {
  clock = now;
  return keeper(wanted);
}

async function commands(): Promise<number> {
  return Number(/total_commands_processed:(\d+)/.exec(await stage.redis.info("stats"))?.[1]);
}

async function schedulers() {
  const all = await stage.queues.of("acme").polls.getJobSchedulers(0, -1);
  return all.sort((one, other) => one.key.localeCompare(other.key));
}

/** Removes the jobs that would make the next ones, as a crash or a careless hand may. */
async function loseJobs(): Promise<void> {
  const { polls } = stage.queues.of("acme");
  const keys = await stage.redis.keys(polls.toKey("repeat:*:*"));
  await stage.redis.del(polls.toKey("delayed"), ...keys);
}
