import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Decision, Event } from "@statuswire/status";
import { type Attempt, createLedger, createTraces, type Traces } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { deadLetter, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

const at = "2025-11-03T14:32:00.000Z";

let server: FreshRedis;
let window: OpenWindow;
let traces: Traces;
let event: Event;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, ["acme", "other"]);
  traces = createTraces(server.connect());
  event = await happened("acme", "one");
});
afterEach(() => window.close());

describe("a delivery", () => {
  test.each([
    ["delivered", { attempts: [tried("failed", "It was away."), tried("delivered")] }],
    ["waiting", { attempts: [tried("failed", "It is away.")] }],
    ["waiting", { attempts: [] }],
    ["failed", { attempts: [tried("refused", "It knows no such channel.")] }],
    ["left_out", { attempts: [tried("not_needed", "It was over.")] }],
    ["left_out", { verdict: "drop" as const, attempts: [] }],
    ["held", { verdict: "recheck" as const, due: "2999-01-01T00:00:00.000Z", attempts: [] }],
    ["waiting", { verdict: "recheck" as const, due: at, attempts: [] }],
  ])("is %s by %j", async (state, { attempts, ...decision }) => {
    await decide(event, decision);
    for (const attempt of attempts) await traces.attempted(event.seq, attempt);
    expect(await read("")).toMatchObject([{ event: event.id, sink: "team", provider: "acme", state }]);
  });

  test("says how often it was tried, when last, and why it failed", async () => {
    await decide(event);
    await traces.attempted(event.seq, tried("failed", "It is away."));
    await traces.attempted(event.seq, tried("failed", "It is still away."));
    expect(await read("")).toMatchObject([
      { attempts: 2, reason: "It is still away.", triedAt: at, rule: "rule 1" },
    ]);
  });

  test("whose dead letter waits has failed, and leads there", async () => {
    await decide(event);
    await bury("grave");
    expect(await read("?state=failed")).toMatchObject([{ state: "failed", deadLetter: "grave" }]);
  });

  test("whose dead letter is dropped is waited for no more", async () => {
    await decide(event);
    await traces.attempted(event.seq, tried("failed", "It is away."));
    await bury("grave");
    await fetch(`${window.url}/api/v1/dead-letters/grave`, { method: "DELETE" });
    expect(await read("")).toMatchObject([{ state: "left_out", reason: "its dead letter was dropped" }]);
  });

  test("that the ledger knows of is done, though nobody came to write the try down", async () => {
    await decide(event);
    await createLedger(server.connect()).note(event.seq, "team");
    expect(await read("")).toMatchObject([{ state: "delivered" }]);
  });
});

describe("deliveries", () => {
  test("are found by sink, state, provider and event", async () => {
    const other = await happened("other", "two");
    await decide(event, { sink: "team" }, { sink: "pager", verdict: "drop" });
    await decide(other);
    await traces.attempted(other.seq, tried("delivered"));
    expect((await read("?sink=pager")).map(whose)).toEqual(["acme pager"]);
    expect((await read("?state=waiting,left_out")).map(whose)).toEqual(["acme team", "acme pager"]);
    expect((await read("?provider=other")).map(whose)).toEqual(["other team"]);
    expect((await read(`?event=${event.id}`)).map(whose)).toEqual(["acme team", "acme pager"]);
    expect(await read("?event=evt_none")).toEqual([]);
  });

  test("are read page by page, the newest first, none twice and none left out", async () => {
    const events = [event, await happened("acme", "two"), await happened("acme", "three")];
    for (const one of events) await decide(one);
    const seqs: string[] = [];
    for (let before: string | null = ""; before !== null;) {
      const page: Page = await ask(`?limit=1${before ? `&before=${before}` : ""}`);
      seqs.push(...page.deliveries.map(({ seq }) => seq));
      before = page.previous;
    }
    expect(seqs).toEqual(events.map(({ seq }) => seq).toReversed());
  });

  test("are not asked for by a filter that is misspelt", async () => {
    expect((await window.get("/api/v1/deliveries?state=lost")).status).toBe(400);
    expect((await window.get("/api/v1/deliveries?sinks=team")).status).toBe(400);
  });

  test("are counted by the hour, for each sink", async () => {
    const now = new Date().toISOString();
    await traces.attempted(event.seq, { ...tried("delivered"), at: now });
    await traces.attempted(event.seq, { ...tried("refused"), at: now });
    const { hours, sinks } = (await window.json("/api/v1/deliveries/hours?hours=3")) as Hours;
    const [team] = sinks;
    expect([hours.length, team?.sink, sum(team?.delivered), sum(team?.failed)]).toEqual([3, "team", 1, 1]);
  });
});

describe("dead letters by the score", () => {
  beforeEach(async () => {
    await bury("one");
    await bury("two", { sink: "pager" });
    await bury("three", { sink: "pager", error: "PermanentError" });
  });

  test("are listed and redriven by the same filter", async () => {
    const filter = "?sink=pager&error=PermanentError";
    expect(await window.json(`/api/v1/dead-letters${filter}`)).toMatchObject({ total: 1 });
    const answer = await fetch(`${window.url}/api/v1/dead-letters/redrive${filter}`, { method: "POST" });
    expect(await answer.json()).toEqual({
      redriven: [{ queue: "deliveries", jobId: expect.stringMatching(/^three-redriven-\d+$/) }],
    });
    expect(await window.json("/api/v1/dead-letters")).toMatchObject({ total: 2 });
  });

  test("are not redriven when nobody says which", async () => {
    const answer = await fetch(`${window.url}/api/v1/dead-letters/redrive`, { method: "POST" });
    expect(answer.status).toBe(400);
    expect(await window.json("/api/v1/dead-letters")).toMatchObject({ total: 3 });
  });
});

interface Page {
  deliveries: { seq: string; sink: string; provider: string; state: string }[];
  previous: string | null;
}

interface Hours {
  hours: string[];
  sinks: { sink: string; delivered: number[]; failed: number[] }[];
}

async function ask(query: string): Promise<Page> {
  return (await window.json(`/api/v1/deliveries${query}`)) as Page;
}

async function read(query: string): Promise<Page["deliveries"]> {
  return (await ask(query)).deliveries;
}

function whose({ provider, sink }: Page["deliveries"][number]): string {
  return `${provider} ${sink}`;
}

function sum(figures: readonly number[] = []): number {
  return figures.reduce((one, other) => one + other, 0);
}

async function happened(provider: string, id: string): Promise<Event> {
  const [first] = await window.tell(provider, { at, incidents: [incident(id, at)] });
  if (!first) throw new Error("Nothing happened.");
  return first;
}

async function decide(about: Event, ...differences: Partial<Decision>[]): Promise<void> {
  const usual: Decision = { sink: "team", verdict: "tell", reason: "nothing speaks against it", rule: "rule 1" };
  const decisions = (differences.length ? differences : [{}]).map((difference) => ({ ...usual, ...difference }));
  await traces.decide([{ event: about, ruling: { rules: [], decisions } }]);
}

function tried(outcome: Attempt["outcome"], reason?: string): Attempt {
  return { sink: "team", at, outcome, ...(reason === undefined ? {} : { reason }) };
}

async function bury(id: string, { sink = "team", error = "Error" } = {}): Promise<void> {
  const letter = deadLetter({ sink, seq: event.seq, error });
  await window.queues["dead-letters"].add(error, letter, { jobId: id });
}
