import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import ICAL from "ical.js";
import RssParser from "rss-parser";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, ["acme"]);
  await window.tell("acme", { at: at(0), components: [component("API", "operational", at(0))] });
});
afterEach(() => window.close());

describe("a feed", () => {
  test.each(["atom", "rss"])("in %s is read by a public reader, newest first, as plain text", async (format) => {
    await trouble("=SUM(1)<b>&\u0001");
    const { items } = await new RssParser().parseString(await text(`/api/v1/events.${format}`));
    expect(items.map(({ title }) => title)).toEqual([
      "acme API: Major Outage",
      "acme - =SUM(1)<b>&\u0001: We are looking into it.".replace("\u0001", ""),
    ]);
  });

  test("is filtered as the log is", async () => {
    await trouble("Trouble");
    const { items } = await new RssParser().parseString(await text("/api/v1/events.atom?type=incident"));
    expect(items).toHaveLength(1);
  });

  test("of other events has another id, at which it is itself", async () => {
    const ids = await Promise.all(
      ["", "?provider=acme", "?type=incident", "?type=incident&provider=acme"].map(async (query) => {
        const feed = await text(`/api/v1/events.atom${query}`);
        const [, id = ""] = /<id>(.*?)<\/id>/.exec(feed) ?? [];
        expect(feed).toContain(`<link rel="self" type="application/atom+xml" href="${id}"/>`);
        return id.replaceAll("&#38;", "&");
      }),
    );
    expect(ids).toEqual([
      `${window.url}/api/v1/events.atom`,
      `${window.url}/api/v1/events.atom?provider=acme`,
      `${window.url}/api/v1/events.atom?type=incident`,
      `${window.url}/api/v1/events.atom?provider=acme&type=incident`,
    ]);
    expect((await fetch(ids[3] ?? "")).status).toBe(200);
  });

  test.each(["atom", "rss"])(
    "in %s has absolute URLs only, at the public URL when there is one",
    async (format) => {
      await window.close();
      window = await openTestWindow(server, ["acme"], { PUBLIC_URL: "https://status.acme.test" });
      await trouble("Trouble");
      const feed = await text(`/api/v1/events.${format}`);
      const urls = [...feed.matchAll(/href="([^"]*)"|<link>([^<]*)<|<id>(?!urn:)([^<]*)</g)].flatMap((match) =>
        match.slice(1).filter((url) => url !== undefined),
      );
      expect(urls.length).toBeGreaterThan(3);
      for (const url of urls) expect(url).toMatch(/^https:\/\/status\.acme\.test\//);
      expect(feed).toContain("https://status.acme.test/incidents/acme%3Aone");
    },
  );

  test("links to nothing but the web", async () => {
    await trouble("Trouble", "javascript:alert(1)");
    expect(await text("/api/v1/events.atom")).not.toContain("javascript:");
  });
});

describe("the board as a Statuspage", () => {
  test("is at the public URL when there is one", async () => {
    await window.close();
    window = await openTestWindow(server, ["acme"], { PUBLIC_URL: "https://status.acme.test" });
    await trouble("Trouble");
    expect(await window.json("/api/v2/summary.json")).toMatchObject({
      page: { url: "https://status.acme.test" },
      incidents: [{ shortlink: "https://status.acme.test/incidents/acme%3Aone" }],
    });
  });
});

describe("the log as a table", () => {
  test("holds nothing that a spreadsheet takes for a formula", async () => {
    await trouble("Trouble", undefined, '=HYPERLINK("https://evil.test")');
    const table = await text("/api/v1/events.csv?type=incident");
    expect(table.split("\r\n")[1]).toContain(`"'=HYPERLINK(""https://evil.test"")"`);
  });

  test("holds nothing that moves a cursor, turns text round or hides a formula", async () => {
    await trouble("Tr\u001b[2Jou\u202eble", "javascript:alert(1)", "\u202e\u001b[31m=1+1\u200f");
    const table = await text("/api/v1/events.csv?type=incident");
    expect(table).not.toMatch(/[\u001b\p{Bidi_Control}]|javascript:/u);
    expect(table.split("\r\n")[1]).toContain(`"'=1+1"`);
  });
});

describe("the calendar of maintenance", () => {
  test("is read by a public parser, with what vendors wrote kept as text", async () => {
    await maintain();
    const events = new ICAL.Component(ICAL.parse(await text("/api/v1/maintenances.ics")))
      .getAllSubcomponents("vevent")
      .map((event) => new ICAL.Event(event));
    expect(events.map((event) => event.summary)).toEqual([`ACME: ${title}`]);
    expect(events[0]?.startDate.toJSDate().toISOString()).toBe(at(60));
    expect(events[0]?.endDate.toJSDate().toISOString()).toBe(at(120));
  });

  test("has no line longer than 75 octets", async () => {
    await maintain();
    const lines = (await text("/api/v1/maintenances.ics")).split("\r\n");
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThanOrEqual(75);
  });
});

describe("a badge", () => {
  test("says the state of a provider, or of one of its components", async () => {
    await trouble("Trouble");
    expect(await text("/api/v1/providers/acme/badge.svg")).toContain("ACME: major outage");
    expect(await text("/api/v1/providers/acme/badge.svg?component=API")).toContain("ACME API: major outage");
    expect((await window.get("/api/v1/providers/acme/badge.svg?component=Web")).status).toBe(404);
  });
});

const title = "Database; upgrade, with a long name so that it has to be folded more than once: äöü 🛠 and so on";

async function maintain(): Promise<void> {
  const upgrade = { id: "m", title, status: "scheduled", impact: "none", components: [], updates: [] } as const;
  const window_ = { scheduledFor: at(60), scheduledUntil: at(120), updatedAt: at(1) };
  await window.tell("acme", {
    at: at(1),
    maintenances: [{ ...upgrade, ...window_, components: [], updates: [] }],
  });
}

async function trouble(name: string, url?: string, body = "We are looking into it."): Promise<void> {
  await window.tell("acme", {
    at: at(2),
    components: [component("API", "major_outage", at(2))],
    incidents: [
      incident("one", at(1), {
        title: name,
        ...(url === undefined ? {} : { url }),
        updates: [{ id: "u", status: "investigating", body, at: at(1) }],
      }),
    ],
  });
}

async function text(path: string): Promise<string> {
  return (await window.get(path)).text();
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
