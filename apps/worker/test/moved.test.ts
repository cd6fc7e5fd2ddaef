import type { RequestListener } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { serve } from "@statuswire/testing";
import { openStage, type Stage, types } from "./stage.ts";

let site: Awaited<ReturnType<typeof serve>>;
let stage: Stage;
let platform: Readonly<Record<string, unknown>>;

beforeEach(async () => {
  platform = statuspage;
  site = await serve(answer);
  stage = await openStage([{ id: "acme", page: site.url, format: "statuspage", every: 60 }]);
});
afterEach(async () => {
  await stage.close();
  await site.close();
});

describe("a page that has moved to another platform", () => {
  test("is followed after three readings in another shape, and nothing is ended by that", async () => {
    await read(0);
    platform = instatus;
    const minutes = [10, 30, 60, 100];
    const events = [];
    for (const minute of minutes) events.push(...(await read(minute)));
    expect(types(events)).toEqual(["source.stale", "source.recovered", "source.migrated"]);
    expect([...(await stage.known("acme")).components.values()]).toMatchObject([{ name: "Core" }]);
  });
});

describe("a page that is blank before it answers in its new format", () => {
  beforeEach(async () => {
    await read(0);
    platform = {};
    for (const minute of [10, 30, 60]) await read(minute);
  });

  test("is followed within a quarter of an hour, although the first detection found nothing", async () => {
    platform = instatus;
    await read(80);
    expect(types(await read(82))).toEqual(["source.recovered", "source.migrated"]);
  });

  test("is detected again after longer and longer delays", async () => {
    for (let minute = 80; minute < 60 * 24; minute += 20) await read(minute);
    expect(detections()).toBe(6);
  });

  test("is detected again at once when it has answered in between", async () => {
    platform = statuspage;
    await read(80);
    platform = {};
    for (const minute of [82, 84, 90]) await read(minute);
    expect(detections()).toBe(2);
  });
});

describe("a page that answers with something else", () => {
  test("is no quiet page: it goes stale, and what was known stays", async () => {
    await read(0);
    platform = { "/api/v2/summary.json": "<html><h1>Log in</h1></html>" };
    const events = [...(await read(10)), ...(await read(30))];
    expect(types(events)).toEqual(["source.stale"]);
    expect([...(await stage.known("acme")).components.values()]).toMatchObject([{ name: "API" }]);
  });

  test("and used to list components, but lists none, is doubted at once", async () => {
    await read(0);
    platform = { "/api/v2/summary.json": { ...statuspage["/api/v2/summary.json"], components: [] } };
    expect(types(await read(10))).toEqual(["source.stale"]);
  });
});

const statuspage = {
  "/api/v2/summary.json": {
    page: { id: "abcdefghijkl", name: "Acme", updated_at: "2026-03-01T11:00:00.000Z" },
    status: { indicator: "none", description: "All Systems Operational" },
    components: [{ id: "c1", name: "API", status: "operational", updated_at: "2026-03-01T11:00:00.000Z" }],
    incidents: [],
    scheduled_maintenances: [],
  },
};

const instatus = {
  "/v3/summary.json": { page: { name: "Acme", url: "https://acme.instatus.com", status: "UP" } },
  "/v3/components.json": {
    components: [
      { id: "clx0000000000000000000000", name: "Core", status: "OPERATIONAL", description: "", group: null },
    ],
  },
};

const answer: RequestListener = (req, res) => {
  const said = platform[req.url ?? ""];
  res.statusCode = said === undefined ? 404 : 200;
  res.end(typeof said === "string" ? said : JSON.stringify(said ?? "not here"));
};

function detections(): number {
  return stage.told.filter(({ happening }) => happening === "page.unrecognized").length;
}

/** Reads the page so many minutes after noon; the events that are told of it since the last time. */
async function read(minute: number) {
  const last = (await stage.log.newest(1))[0]?.seq;
  stage.clock(minute);
  await stage.poll("acme");
  await stage.settle("acme");
  return stage.log.after(last, 100);
}
