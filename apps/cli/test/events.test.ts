import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { compare, type Event, type Incident } from "@statuswire/status";
import { createStore } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { run } from "./run.ts";

let redis: FreshRedis;
let first: Event;

beforeAll(async () => {
  redis = await freshRedis();
  first = await record("acme", "One.");
  await record("other", "Two.");
  await record("acme", "Three.");
});
afterAll(() => redis.stop());

describe("statuswire events", () => {
  test("prints all of them, oldest first, in two lines each", async () => {
    const { out } = await events();
    expect(out).toMatch(/^(\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] Product: .*\nStatus: .*\n){3}$/);
    expect(statuses(out)).toEqual(["One.", "Two.", "Three."]);
  });

  test("prints only one provider's, in whatever case it is given", async () => {
    expect(statuses((await events("--provider", "ACME")).out)).toEqual(["One.", "Three."]);
  });

  test("takes a provider that was removed from the configuration, by what was recorded of it", async () => {
    await redis.connect().srem("{sw}:providers", "other");
    expect(statuses((await events("--provider", "other")).out)).toEqual(["Two."]);
  });

  test.each([[[]], [["--follow"]], [["--since", "2999-01-01T00:00:00Z"]]])(
    "does not take a provider that nobody knows for one without events: %j",
    async (options) => {
      expect(await events("--provider", "amce", ...options)).toEqual({
        out: "",
        err: 'statuswire: No provider is called "amce". Did you mean "acme"?\n',
        exitCode: 64,
      });
    },
  );

  test("prints nothing of a configured provider of which nothing was recorded", async () => {
    expect(await events("--provider", "OpenAI")).toEqual({ out: "", err: "", exitCode: 0 });
  });

  test("prints what came after a place", async () => {
    expect(statuses((await events("--since", first.seq)).out)).toEqual(["Two.", "Three."]);
  });

  test.each(["1h", "1d", "2020-01-01T00:00:00Z"])("prints what has come since %s", async (since) => {
    expect(statuses((await events("--since", since)).out)).toHaveLength(3);
  });

  test("prints nothing since a time to come", async () => {
    expect(await events("--since", "2999-01-01T00:00:00Z")).toEqual({ out: "", err: "", exitCode: 0 });
  });

  test("prints them whole, one JSON object a line", async () => {
    const [line = ""] = (await events("--json")).out.split("\n");
    expect(JSON.parse(line)).toEqual(first);
  });

  test("hands a terminal no character of a vendor that it would obey, and loses none", async () => {
    const hostile = "a\u007fb\u009b2Jc\u202ed";
    const { seq } = await record("hostile", hostile);
    const { out } = await events("--provider", "hostile", "--json");
    expect(out).toContain("a\\u007fb\\u009b2Jc\\u202ed");
    expect(out).not.toMatch(/[\u007f-\u009f\u202e]/);
    expect(JSON.parse(out)).toMatchObject({ seq, incident: { updates: [{ body: hostile }] } });
  });

  test("says what can be given when it is something else", async () => {
    const { err, exitCode } = await events("--since", "yesterday");
    expect([err.includes("15m, 1h, 7d"), exitCode]).toEqual([true, 1]);
  });

  test("says so when the file that names Redis is not there", async () => {
    const { err, exitCode } = await run(["events"], { REDIS_URL_FILE: "/nowhere/redis-url" });
    expect([err.includes("REDIS_URL_FILE"), exitCode]).toEqual([true, 1]);
  });

  test("says so when Redis is not there", async () => {
    const { err, exitCode } = await run(["events"], { REDIS_URL: "redis://127.0.0.1:1" });
    expect([err.includes("Redis does not answer"), exitCode]).toEqual([true, 1]);
  });
});

function events(...options: string[]) {
  return run(["events", ...options], { REDIS_URL: redis.path });
}

function statuses(out: string): string[] {
  return [...out.matchAll(/^Status: (.*)$/gm)].map(([, status = ""]) => status);
}

async function record(provider: string, body: string): Promise<Event> {
  const at = "2026-03-01T10:00:00.000Z";
  const incident: Incident = {
    id: body,
    title: body,
    status: "investigating",
    impact: "minor",
    components: [],
    updates: [{ id: "u", status: "investigating", body, at }],
    updatedAt: at,
  };
  const coverage = { components: "partial", incidents: "partial", maintenances: "partial" } as const;
  const told = { page: { name: "Acme" }, coverage, components: [], incidents: [incident], maintenances: [] };
  const store = createStore(redis.connect());
  const { events } = await store.transition(provider, (known) => compare(known, told, { at, name: "Acme" }), {
    via: "webhook",
    at,
  });
  const [event] = events;
  if (!event) throw new Error("Nothing was recorded.");
  return event;
}
