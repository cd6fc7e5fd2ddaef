import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { compare, type Component, type Incident, type Snapshot, stale } from "@statuswire/status";
import { createReadings, createStore, keys } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { type ConfigFile, configFile } from "./config-file.ts";
import { type Ended, run } from "./run.ts";

let server: FreshRedis;
let redis: Redis;
let file: ConfigFile;
beforeAll(async () => {
  server = await freshRedis();
  redis = server.connect();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await redis.flushall();
  file = await configFile();
  await file.write("providers: [openai, discord, github]");
});
afterEach(() => file.remove());

describe("status", () => {
  test("is 0 when all are well", async () => {
    await tell({ openai: well, discord: well, github: well });
    const { out, exitCode } = await status();
    expect(out).toMatch(
      /^✓ 3 services operational +--all to list\nchecked \d+s ago · no known problem in 3 services\n$/,
    );
    expect(exitCode).toBe(0);
  });

  test.each<[string, Component["status"], number, string]>([
    ["degraded", "degraded_performance", 1, "▲ OpenAI / API Degraded"],
    ["in maintenance", "under_maintenance", 1, "▣ OpenAI / API Maintenance"],
    ["in part down", "partial_outage", 2, "◐ OpenAI / API Partial outage"],
    ["down", "major_outage", 2, "✕ OpenAI / API Major outage"],
    ["in a state that nobody knows", "unknown", 3, "? OpenAI / API No data"],
  ])("tells who is %s, and its exit code with it", async (_what, state, exitCode, line) => {
    await tell({ openai: page({ api: state }), discord: well, github: well });
    const ended = await status();
    expect(ended.out.replace(/ +/g, " ")).toContain(line);
    expect(ended.exitCode).toBe(exitCode);
  });

  test("is never well while somebody can't be reached", async () => {
    await tell({ openai: well, discord: well, github: well });
    await makeStale("github");
    const { out, exitCode } = await status();
    expect(out).toMatch(/^\? GitHub +No data +stale \d+\w +blocked \(403\)$/m);
    expect(out).toContain("no known problem in 2 services · 1 not reporting");
    expect(exitCode).toBe(3);
  });

  test("is an outage when one is known, whatever else is not", async () => {
    await tell({ openai: page({ api: "major_outage" }), discord: page({ api: "degraded_performance" }) });
    expect((await status()).exitCode).toBe(2);
  });

  test("is unknown before anybody has looked", async () => {
    const { out, exitCode } = await status();
    expect(out).toMatch(/^\? OpenAI +No data +Never read: it has not been polled yet; is a worker running\?$/m);
    expect(out).toMatch(/^never checked · 3 not reporting$/m);
    expect(exitCode).toBe(3);
  });

  test("says of a page that was never read why, as JSON too, and when it was last asked", async () => {
    const [since, polledAt] = [5 * 60_000, 60_000].map((ms) => new Date(Date.now() - ms).toISOString());
    const outcome = "is not there (404)";
    await createReadings(redis).note("github", { failures: 3, failingSince: since, polledAt, outcome });
    expect((await status()).out).toMatch(/^\? GitHub +No data +Never read: is not there \(404\)$/m);
    const { out, exitCode } = await status("github");
    expect(out).toBe("? GitHub: no data. Never read: is not there (404). Checked 1m ago.\n");
    expect(exitCode).toBe(3);
    const said = JSON.parse((await status("github", "--json")).out) as { providers: object[] };
    expect(said.providers).toMatchObject([{ neverRead: { reason: outcome }, checkedAt: polledAt }]);
  });

  test("is unknown when nobody polls any more", async () => {
    await tell({ openai: well, discord: well, github: well });
    const long = new Date(Date.now() - 11 * 60_000).toISOString();
    await createReadings(redis).note("github", { polledAt: long });
    const { out, exitCode } = await status();
    expect(out).toMatch(/^\? GitHub +No data +stale 11m +nobody polls it; is a worker running\?$/m);
    expect(exitCode).toBe(3);
  });

  test("is unknown once a page has failed for ten minutes, whether or not a worker has recorded that", async () => {
    await tell({ openai: well, discord: well, github: well });
    await failing("github", 9);
    expect((await status()).exitCode).toBe(0);
    await failing("github", 10);
    const { out, exitCode } = await status();
    expect(out).toMatch(/^\? GitHub +No data +stale \d+s +unreachable$/m);
    expect(exitCode).toBe(3);
  });

  test("is unknown for all while our own network is down, and says so", async () => {
    await tell({ openai: well, discord: well, github: well });
    await redis.hset(keys.network, "lostAt", new Date().toISOString());
    const { out, exitCode } = await status();
    expect(out).toContain("! Our own network is down since");
    expect(out).toContain("3 not reporting");
    expect(exitCode).toBe(3);
  });

  test("is unknown, not degraded, when Redis does not answer", async () => {
    const { err, exitCode } = await run(["status"], { ...file.env, REDIS_URL: "/nowhere/redis.sock" });
    expect(err).toContain("REDIS_URL");
    expect(exitCode).toBe(3);
  });

  test("lists those that are well when asked to", async () => {
    await tell({ openai: well, discord: well, github: well });
    expect((await status("--all")).out.split("\n").filter((line) => line.includes("Operational"))).toHaveLength(3);
  });

  test("shows whoever is known where there is no file", async () => {
    await tell({ acme: page({ api: "major_outage" }) });
    const { exitCode } = await run(["status", "acme"], { REDIS_URL: server.path });
    expect(exitCode).toBe(2);
  });

  test("shows, where there is no file, which of the defaults could not be read", async () => {
    await createReadings(redis).note("apple", { failures: 1, outcome: "unreachable" });
    const { out, exitCode } = await run(["status"], { REDIS_URL: server.path });
    expect(out).toMatch(/^\? Apple/m);
    expect(out).not.toMatch(/OpenAI|Discord/);
    expect(exitCode).toBe(3);
  });
});

describe("status of one provider", () => {
  test("answers in a sentence, then says what is wrong", async () => {
    await tell({ openai: page({ api: "major_outage", web: "operational" }, [incident]) });
    const { out, exitCode } = await status("OpenAI");
    expect(out).toMatch(/^✕ OpenAI: major outage\. 2 components, 1 open incident\. Checked \d+s ago\.\n/);
    expect(out).toMatch(/^ {2}▲ Identified +2h +Elevated error rates +https:\/\/status\.example\/1$/m);
    expect(out).toMatch(/^ {2}✕ Major outage +\d+s +API$/m);
    expect(exitCode).toBe(2);
  });

  test("speaks of that one only", async () => {
    await tell({ openai: page({ api: "major_outage" }), discord: well });
    expect((await status("discord")).exitCode).toBe(0);
  });

  test("whom nobody watches is wrong usage", async () => {
    const { err, exitCode } = await status("opnai");
    expect(err).toBe('statuswire: Nobody called "opnai" is watched. Did you mean "openai"?\n');
    expect(exitCode).toBe(64);
  });

  test("does not pass a vendor's control characters on to the terminal", async () => {
    await tell({ openai: page({ api: "operational" }, [{ ...incident, title: "a\u001b[2Jb\nc" }]) });
    expect((await status("openai")).out).toContain("ab c");
  });
});

describe("status with --json", () => {
  test("gives the exit code, and each provider's standing", async () => {
    await tell({ openai: page({ api: "major_outage" }, [incident]), discord: well, github: well });
    const { out, exitCode } = await status("--json");
    const said = JSON.parse(out) as { exitCode: number; providers: object[] };
    expect([said.exitCode, exitCode]).toEqual([2, 2]);
    expect(out).not.toContain("toldAt");
    expect(said.providers).toMatchObject([
      { id: "openai", exitCode: 2, state: "major_outage", components: [{ id: "api" }], incidents: [{ id: "1" }] },
      { id: "discord", exitCode: 0, state: "operational", components: [], incidents: [] },
      { id: "github", exitCode: 0 },
    ]);
  });
});

describe("status with --all", () => {
  const both = page({ api: "major_outage", web: "operational" });

  test.each([
    ["all components, so that their number agrees with the count", ["--all"], ["api", "web"]],
    ["those that are affected without it", [], ["api"]],
  ])("lists as JSON %s", async (_what, options, ids) => {
    await tell({ openai: both, discord: well, github: well });
    const { out } = await status("openai", "--json", ...options);
    const [openai] = (JSON.parse(out) as { providers: { componentCount: number; components: { id: string }[] }[] })
      .providers;
    expect(openai?.componentCount).toBe(2);
    expect(openai?.components.map(({ id }) => id).sort()).toEqual(ids);
  });

  test("lists all components of the one provider that was asked for", async () => {
    await tell({ openai: both });
    expect((await status("openai", "--all")).out).toMatch(/^ {2}✓ Operational +\d+s +WEB$/m);
  });

  test("names the affected component of a provider, not the others", async () => {
    await tell({ openai: both, discord: well, github: well });
    expect((await status("--all")).out).toMatch(/^✕ OpenAI \/ API /m);
  });
});

const incident: Incident = {
  id: "1",
  title: "Elevated error rates",
  status: "identified",
  impact: "critical",
  components: [],
  updates: [],
  startedAt: new Date(Date.now() - 2 * 3_600_000 - 60_000).toISOString(),
  url: "https://status.example/1",
};

const well = page({ api: "operational" });

function page(states: Record<string, Component["status"]>, incidents: Incident[] = []): Snapshot {
  const components = Object.entries(states).map(([id, status]) => ({ id, name: id.toUpperCase(), status }));
  return {
    page: {},
    coverage: { components: "full", incidents: "full", maintenances: "full" },
    components,
    incidents,
    maintenances: [],
  };
}

function status(...args: string[]): Promise<Ended> {
  return run(["status", ...args], { ...file.env, REDIS_URL: server.path });
}

async function tell(told: Record<string, Snapshot>): Promise<void> {
  const at = new Date().toISOString();
  for (const [id, snapshot] of Object.entries(told)) {
    const step = (known: Parameters<typeof compare>[0]) => compare(known, snapshot, { at, name: id });
    await createStore(redis).transition(id, step, { via: "poll", at });
    await createReadings(redis).note(id, { polledAt: at });
  }
}

async function makeStale(id: string): Promise<void> {
  const at = new Date().toISOString();
  const step = (known: Parameters<typeof stale>[0]) => stale(known, { at, name: id, reason: "blocked (403)" });
  await createStore(redis).transition(id, step, { via: "poll", at });
}

/** Polls of it have failed since so many minutes ago, the last one just now. */
async function failing(id: string, minutes: number): Promise<void> {
  const since = new Date(Date.now() - minutes * 60_000).toISOString();
  const polledAt = new Date().toISOString();
  await createReadings(redis).note(id, { failures: 3, failingSince: since, polledAt, outcome: "unreachable" });
}
