import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openQueues, type Queues, closeQueues } from "@statuswire/queues";
import { compare, type Event } from "@statuswire/status";
import { createFifos, createHealths, createStore, type Healths } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { type ConfigFile, configFile } from "./config-file.ts";
import { run } from "./run.ts";

let redis: FreshRedis;
let file: ConfigFile;
let healths: Healths;
let queues: Queues;
let events: Event[];

beforeAll(async () => {
  redis = await freshRedis();
});
afterAll(() => redis.stop());
beforeEach(async () => {
  const connection = redis.connect();
  await connection.flushall();
  [healths, queues, file] = [createHealths(connection), openQueues(connection), await configFile()];
  events = [await record("major_outage", 1), await record("operational", 2), await record("major_outage", 3)];
  await file.write(
    "providers: []\nsinks: { team: { kind: ntfy, topic: t }, log: { kind: file, path: /tmp/none, order: strict } }",
  );
});
afterEach(async () => {
  await closeQueues(queues);
  await file.remove();
});

describe("statuswire sinks", () => {
  test("lists them, and how they fare", async () => {
    await healths.failed("team", Date.UTC(2026, 2, 1), "down");
    const { out } = await sinks();
    expect(out).toMatch(/▲ team +ntfy +latest +1 failure in a row since 2026-03-01T00:00:00\.000Z: down/);
    expect(out).toMatch(/✓ log +file +strict/);
  });

  test("shows no sink as well that refuses what it gets", async () => {
    for (let times = 0; times < 2; times++) await healths.refused("team", Date.UTC(2026, 2, 1), "no such topic");
    await bury("team");
    expect((await sinks()).out).toMatch(
      /✗ team .* 2 refusals in a row since 2026-03-01T00:00:00\.000Z: no such topic; 1 dead letter$/m,
    );
    const listed = JSON.parse((await sinks("list", "--json")).out) as unknown[];
    expect(listed).toMatchObject([
      { name: "team", state: "failing", refusals: 2, deadLetters: 1 },
      { state: "ok" },
    ]);
  });

  test("puts one mark between a reason that ends in a full stop and what follows", async () => {
    await healths.refused("team", Date.UTC(2026, 2, 1), "Check the address.");
    await bury("team");
    expect((await sinks()).out).toMatch(/: Check the address; 1 dead letter$/m);
  });

  test("shows what waits as dead letters for one that is well again", async () => {
    await bury("team");
    expect((await sinks()).out).toMatch(/▲ team +ntfy +latest +1 dead letter$/m);
  });

  test("lets one have events again that was given up, and says how to send what it missed", async () => {
    await healths.condemn("team", { reason: "it says that it is gone for good", seq: "1-0" });
    await healths.disable("team", Date.UTC(2026, 2, 1));
    expect((await sinks()).out).toMatch(
      /✗ team .* disabled since 2026-03-01T00:00:00\.000Z: it says that it is gone/,
    );
    expect((await sinks("enable", "team")).out).toContain(
      "npm run -s statuswire -- replay team --since 2026-03-01T00:00:00.000Z",
    );
    expect(await healths.of("team")).toEqual({ failures: 0, refusals: 0 });
  });

  test("knows no other", async () => {
    expect((await sinks("enable", "teem")).err).toContain('Did you mean "team"?');
  });
});

describe("statuswire replay", () => {
  test("sends a sink what came after a time, or from a place on", async () => {
    expect((await replay("--since", "1h")).out).toBe("3 events are on the way to team.\n");
    expect(await queued()).toEqual(events.map(({ seq }) => seq));
    expect((await replay("--from", events[1]?.seq ?? "")).out).toBe("2 events are on the way to team.\n");
  });

  test("sends a sink that gets every event what it sends in the order of the log", async () => {
    await file.write("providers: []\nsinks: { team: { kind: file, path: /tmp/none } }");
    await replay("--since", "1h");
    const fifo = createFifos(redis.connect()).open("team", "acme");
    const head = await fifo.claim();
    await fifo.release();
    expect(head).toMatchObject({ kind: "ours", head: { seq: events[0]?.seq } });
  });

  test("sends what the rules send it, and nothing else", async () => {
    await file.write(
      "providers: []\nsinks: { team: { kind: ntfy, topic: t } }\nroutes: [{ match: { type: incident }, to: team }]",
    );
    expect((await replay("--since", "1h")).out).toBe("0 events are on the way to team.\n");
  });

  test.each([[[]], [["--since", "1h", "--from", "1-0"]], [["--from", "yesterday"]]])(
    "asks from where: %j",
    async (how) => {
      expect(await replay(...how)).toMatchObject({ exitCode: 1, err: expect.stringContaining("--from") });
    },
  );
});

async function bury(sink: string): Promise<void> {
  const data = { v: 1, eventId: "evt_1", seq: "1-0", sink };
  const at = "2026-03-01T00:00:00.000Z";
  const how = { queue: "deliveries", jobId: "delivery-1-0-team", name: sink, attempts: 1, stalls: 0 };
  const letter = { v: 1, ...how, data, error: "PermanentError", reason: "no", createdAt: at, failedAt: at };
  await queues["dead-letters"].add("PermanentError", letter);
}

function sinks(...command: string[]) {
  return run(["sinks", ...command], { REDIS_URL: redis.path, ...file.env });
}

function replay(...options: string[]) {
  return run(["replay", "team", ...options], { REDIS_URL: redis.path, ...file.env });
}

async function queued(): Promise<string[]> {
  const jobs = await queues.deliveries.getJobs(["waiting"], 0, -1, true);
  return jobs.map(({ data }) => (data as { seq: string }).seq);
}

/** A page's component in a state; the page was read before. */
async function record(status: "major_outage" | "operational", minute: number): Promise<Event> {
  const coverage = { components: "full", incidents: "full", maintenances: "full" } as const;
  const told = (now: typeof status) => ({
    page: { name: "Acme" },
    coverage,
    components: [{ id: "api", name: "API", status: now }],
    incidents: [],
    maintenances: [],
  });
  const store = createStore(redis.connect());
  const at = (minutes: number) => new Date(Date.UTC(2026, 2, 1, 10, minutes)).toISOString();
  const hear = (now: typeof status, time: string) =>
    store.transition("acme", (known) => compare(known, told(now), { at: time, name: "Acme" }), {
      via: "poll",
      at: time,
    });
  if (minute === 1) await hear("operational", at(0));
  const { events: made } = await hear(status, at(minute));
  const [event] = made;
  if (!event) throw new Error("Nothing was recorded.");
  return event;
}
