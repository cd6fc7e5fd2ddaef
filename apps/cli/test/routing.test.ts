import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { compare, decide, type Event, type Incident } from "@statuswire/status";
import { createStore, createTraces } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { type ConfigFile, configFile } from "./config-file.ts";
import { run } from "./run.ts";

let redis: FreshRedis;
let file: ConfigFile;
let opened: Event;
let resolved: Event;

beforeAll(async () => {
  redis = await freshRedis();
  opened = await record("investigating", "We are looking into it.", 0);
  resolved = await record("resolved", "All is well.", 20);
});
afterAll(() => redis.stop());
beforeEach(async () => {
  file = await configFile();
});
afterEach(() => file.remove());

describe("statuswire explain", () => {
  test("says when it was seen, which rule was about it, and each try", async () => {
    await trace(opened);
    const { out } = await run(["explain", opened.id], env());
    expect(out).toContain("incident.opened of acme");
    expect(out).toContain("we saw it, by poll, 60 s later");
    expect(out).toMatch(/· rule 1 +its provider is acme, not github/);
    expect(out).toMatch(/✓ team +told at once +nothing speaks against it +\(rule 2\)/);
    expect(out).toMatch(/✗ .*team +failed +12 ms +It does not answer\./);
  });

  test("knows an event by its place, and by how new it is", async () => {
    for (const named of [resolved.seq, "1"])
      expect((await run(["explain", named], env())).out).toContain("incident.resolved of acme");
  });

  test("gives it all as JSON", async () => {
    await trace(opened);
    const { out } = await run(["explain", opened.id, "--json"], env());
    expect(JSON.parse(out)).toMatchObject({
      event: { id: opened.id },
      ruling: { rules: [{}, {}] },
      attempts: [{}],
    });
  });

  test("says how to name an event that there is not", async () => {
    const { err, exitCode } = await run(["explain", "evt_none"], env());
    expect([err, exitCode]).toEqual([expect.stringContaining("Name one by its seq or id"), 1]);
  });
});

describe("statuswire routes", () => {
  const sinks = "sinks: { team: { kind: ntfy, topic: t }, log: { kind: file, path: /tmp/none } }";

  test("lists the rules", async () => {
    await file.write(
      `providers: []\n${sinks}\nroutes: [{ name: night, match: { severity: major }, to: team, delay: 5m }]`,
    );
    expect((await run(["routes"], env())).out).toMatch(/→ night +severity major +to team +after 300 s/);
  });

  test("says what the file would have sent of what was recorded, and sends nothing", async () => {
    await file.write(
      `providers: []\n${sinks}\nroutes: [{ match: { type: incident.opened }, to: [team, log] }, { to: team, mute: {} }]`,
    );
    const { out, err } = await run(["routes", "--dry-run"], env());
    expect(err).toBe("");
    expect(out).toMatch(/✓ .* team +incident\.opened: .*\n/);
    expect(out).toContain("team: 1 message, 1 kept from it");
    expect(out).toContain("log: 1 message, 0 kept from it");
  });

  test("looks back as far as asked", async () => {
    await file.write(`providers: []\n${sinks}`);
    const { out } = await run(["routes", "--dry-run", "--since", opened.seq], env());
    expect(out).toContain("team: 2 messages");
    expect((await run(["routes", "--dry-run", "--since", "2999-01-01T00:00:00Z"], env())).out).toContain(
      "No sink but",
    );
  });
});

describe("statuswire preview", () => {
  test.each([
    ["slack", "url: https://hooks.slack.com/services/hunter2", "POST https://hooks.slack.com/…"],
    ["pagerduty", "routingKey: hunter2", '"routing_key": "[secret]"'],
    ["telegram", 'token: "1:hunter2hunter2hunter2hunter2hunter2", chat: "1"', "POST https://api.telegram.org/…"],
    ["email", "host: 127.0.0.1, tls: none, from: a@a.dev, to: [b@b.dev]", "Subject: [acme] Trouble"],
    ["file", "path: /nowhere/at/all", '"type":"incident.opened"'],
  ])("prints what %s would be sent, without secrets", async (kind, options, shown) => {
    await file.write(`providers: []\nsinks: { it: { kind: ${kind}, ${options} } }`);
    const { out, err } = await run(["preview", "it", "--event", opened.seq], env());
    expect([err, out]).toEqual(["", expect.stringContaining(shown)]);
    expect(out).toContain("We are looking into it.");
    expect(out).not.toContain("hunter2");
  });

  test("prints what the console shows, which is a sink without being configured", async () => {
    await file.write("providers: []");
    const { out } = await run(["preview", "console", "--event", opened.seq], { ...env(), LOG_FORMAT: "json" });
    expect(JSON.parse(out)).toMatchObject({ id: opened.id });
  });

  test("knows which sinks there are", async () => {
    await file.write("providers: []\nsinks: { team: { kind: ntfy, topic: t } }");
    expect((await run(["preview", "teem"], env())).err).toContain('Did you mean "team"?');
  });
});

function env() {
  return { REDIS_URL: redis.path, ...file.env };
}

async function trace(event: Event): Promise<void> {
  const plain = { continue: false, mute: [], quiet: [] };
  const rules = [
    { ...plain, name: "rule 1", match: { provider: ["github"] }, to: [] },
    { ...plain, name: "rule 2", match: {}, to: ["team"] },
  ];
  const noise = { explained: true, flapping: undefined, together: undefined };
  const routing = { rules, noise, sinks: [{ name: "team", audience: "people" as const }] };
  const traces = createTraces(redis.connect());
  await traces.decide([{ event, ruling: decide(event, { routing, counts: new Map() }) }]);
  const at = "2026-03-01T10:01:01.000Z";
  if (!(await traces.of(event.seq)).attempts.length)
    await traces.attempted(event.seq, {
      sink: "team",
      at,
      outcome: "failed",
      reason: "It does not answer.",
      ms: 12,
    });
}

async function record(status: Incident["status"], body: string, minute: number): Promise<Event> {
  const at = new Date(Date.UTC(2026, 2, 1, 10, minute)).toISOString();
  const updates = [{ id: `${minute}`, status, body, at }];
  const fields = { id: "a", title: "Trouble", impact: "major" } as const;
  const incident: Incident = { ...fields, components: [], status, updates, updatedAt: at };
  const coverage = { components: "partial", incidents: "partial", maintenances: "partial" } as const;
  const told = { page: { name: "Acme" }, coverage, components: [], incidents: [incident], maintenances: [] };
  const seenAt = new Date(Date.parse(at) + 60_000).toISOString();
  const { events } = await createStore(redis.connect()).transition(
    "acme",
    (known) => compare(known, told, { at: seenAt, name: "Acme" }),
    { via: "poll", at: seenAt },
  );
  const event = events.at(-1);
  if (!event) throw new Error("Nothing was recorded.");
  return event;
}
