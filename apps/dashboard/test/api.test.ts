import { once } from "node:events";
import { get as httpGet, type IncomingMessage } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { keys } from "@statuswire/store";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, ["acme", "quiet"]);
});
afterEach(() => window.close());

describe("a provider in the API", () => {
  test("is listed before anything is known of it, and then its state is unknown", async () => {
    expect(await window.json("/api/v1/providers")).toMatchObject({
      providers: [
        { id: "acme", name: "ACME", state: "unknown" },
        { id: "quiet", state: "unknown" },
      ],
    });
  });

  test("shows a change as soon as it is recorded", async () => {
    await window.json("/api/v1/providers");
    await outage();
    expect(await eventually("/api/v1/providers/acme", "major_outage")).toMatchObject({
      ...{ state: "major_outage", openIncidents: 1 },
      components: [{ id: "acme:api", status: "major_outage" }, { id: "acme:web" }],
      incidents: [{ id: "acme:one", isOpen: true, updates: [{ text: "We are looking into it." }] }],
    });
  });

  test("that nobody has heard of is a problem that says so", async () => {
    const answer = await window.get("/api/v1/providers/nobody");
    expect([answer.status, answer.headers.get("content-type")]).toEqual([
      404,
      "application/problem+json; charset=utf-8",
    ]);
    expect(await answer.json()).toMatchObject({ title: "not_found", status: 404 });
  });
});

describe("an incident that nothing is known of any more", () => {
  beforeEach(async () => {
    await window.tell("acme", { at: at(0) });
    await window.tell("acme", { at: at(1), incidents: [incident("old", at(1), { title: "Login is slow" })] });
    await server.connect().del(keys.known("acme"));
    await window.tell("acme", { at: at(3), incidents: [incident("new", at(3), { title: "Search is slow" })] });
  });

  test("is found by its words for as long as the log is kept", async () => {
    expect(await window.json("/api/v1/incidents/search?q=login%20SLOW")).toMatchObject({
      incidents: [{ id: "acme:old", title: "Login is slow", isOpen: true }],
      previous: null,
    });
    expect(await window.json("/api/v1/incidents/search?q=slow")).toMatchObject({
      incidents: [{ id: "acme:new" }, { id: "acme:old" }],
    });
  });

  test("has all updates that its events carried, one each", async () => {
    const said = (minute: number) => ({
      id: `${minute}`,
      status: "investigating",
      body: `At ${minute}`,
      at: at(minute),
    });
    for (const count of [1, 3])
      await window.tell("acme", {
        at: at(10 + count),
        incidents: [
          incident("long", at(10 + count), {
            updates: Array.from({ length: count }, (_, minute) => said(minute)),
          }),
        ],
      });
    await server.connect().del(keys.known("acme"));
    await window.tell("acme", { at: at(30) });
    expect(await window.json("/api/v1/incidents/acme:long")).toMatchObject({
      updates: [{ text: "At 0" }, { text: "At 1" }, { text: "At 2" }],
    });
    expect(await window.json("/api/v1/incidents/search?q=trouble%20long")).toMatchObject({
      incidents: [{ id: "acme:long", updates: [{ id: "0" }, { id: "1" }, { id: "2" }] }],
    });
  });

  test("is answered by its id", async () => {
    expect(await window.json("/api/v1/incidents/acme:old")).toMatchObject({ title: "Login is slow" });
    expect((await window.get("/api/v1/incidents/acme:never")).status).toBe(404);
  });
});

describe("an incident in the API", () => {
  test("has an id that says whose it is, by which it is found", async () => {
    await window.tell("acme", { at: at(0) });
    await window.tell("acme", { at: at(1), incidents: [incident("a/b:c?d", at(1))] });
    const answer = await window.json(`/api/v1/incidents/${encodeURIComponent("acme:a/b:c?d")}`);
    expect(answer).toMatchObject({ id: "acme:a/b:c?d", provider: "acme", title: "Trouble a/b:c?d" });
  });

  test("comes before lesser ones and before those that are over", async () => {
    await window.tell("acme", { at: at(0) });
    await window.tell("acme", {
      at: at(1),
      incidents: [
        incident("over", at(1), { status: "resolved", impact: "critical" }),
        incident("minor", at(1), { impact: "minor" }),
        incident("critical", at(1), { impact: "critical" }),
      ],
    });
    const { incidents } = (await window.json("/api/v1/incidents")) as { incidents: { id: string }[] };
    expect(incidents.map(({ id }) => id)).toEqual(["acme:critical", "acme:minor", "acme:over"]);
  });
});

describe("the log in the API", () => {
  test("is read onwards in pages that neither overlap nor leave gaps", async () => {
    await course(7);
    const all = await page("/api/v1/events");
    const first = await page("/api/v1/events?after=0-0&limit=3");
    const second = await page(`/api/v1/events?after=${first.next}&limit=3`);
    const third = await page(`/api/v1/events?after=${second.next}&limit=3`);
    expect([first, second, third].flatMap(({ events }) => events)).toEqual(all.events);
  });

  test("is read backwards to its beginning", async () => {
    await course(7);
    const all = await page("/api/v1/events");
    const newest = await page("/api/v1/events?limit=4");
    const oldest = await page(`/api/v1/events?before=${newest.previous}&limit=4`);
    expect([...oldest.events, ...newest.events]).toEqual(all.events);
    expect(oldest.previous).toBeNull();
  });

  test("goes on where it ended, also when nothing was there", async () => {
    await course(2);
    const end = await page("/api/v1/events");
    const [next] = await window.tell("acme", {
      at: at(50),
      components: [component("API", "major_outage", at(50))],
    });
    const further = await page(`/api/v1/events?after=${end.next}`);
    expect(further.events.map(({ seq }) => seq)).toEqual([next?.seq]);
  });

  test.each([
    ["type=component", 7],
    ["type=component.changed,page", 7],
    ["type=incident", 0],
    ["provider=quiet", 0],
    ["provider=quiet,acme", 7],
    ["q=outage%20ACME", 4],
    ["since=2999-01-01T00:00:00Z", 0],
    ["since=2001-01-01T00:00:00Z", 7],
  ])("filtered by %s has %d events", async (filter, count) => {
    await course(7);
    expect((await page(`/api/v1/events?${filter}`)).events).toHaveLength(count);
  });

  test("says an event as the console prints it", async () => {
    await course(1);
    const { events } = await page("/api/v1/events");
    expect(events[0]?.line).toMatch(/^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] Product: .*\nStatus: .*$/);
  });

  test.each(["typo=1", "limit=0", "after=yesterday", "type=incident.opend"])("refuses %s", async (query) => {
    expect((await window.get(`/api/v1/events?${query}`)).status).toBe(400);
  });
});

describe("a read of the API", () => {
  test("that found nothing new costs no body", async () => {
    const etag = (await window.get("/api/v1/events")).headers.get("etag") ?? "none";
    expect(await statusOf("/api/v1/events", { "If-None-Match": etag })).toBe(304);
  });
});

// `fetch` adds a Cache-Control that asks for the whole answer.
async function statusOf(path: string, headers: Record<string, string>): Promise<number | undefined> {
  const request = httpGet(`${window.url}${path}`, { headers });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  answer.resume();
  return answer.statusCode;
}

interface Page {
  events: { seq: string; line: string }[];
  next: string | null;
  previous: string | null;
}

async function page(path: string): Promise<Page> {
  return (await window.json(path)) as Page;
}

async function eventually(path: string, word: string): Promise<unknown> {
  return waitUntil(`${path} to say ${word}`, async () => {
    const answer = await window.json(path);
    return JSON.stringify(answer).includes(word) && answer;
  });
}

async function outage(): Promise<void> {
  const [api, web] = [component("API", "operational", at(0)), component("Web", "operational", at(0))];
  await window.tell("acme", { at: at(0), components: [api, web] });
  await window.tell("acme", {
    at: at(1),
    components: [component("API", "major_outage", at(1)), web],
    incidents: [incident("one", at(1), { impact: "critical" })],
  });
}

/** So many changes of one component, from outage to operational and back. */
async function course(changes: number): Promise<void> {
  await window.tell("acme", { at: at(0), components: [component("API", "operational", at(0))] });
  for (let minute = 1; minute <= changes; minute++) {
    const status = minute % 2 ? "major_outage" : "operational";
    await window.tell("acme", { at: at(minute), components: [component("API", status, at(minute))] });
  }
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
