import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { formats, snapshotOf } from "@statuswire/adapters";
import type { Snapshot } from "@statuswire/status";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme", "calm", "silent"]);
  const fine = { at: at(0), components: [component("API", "operational", at(0))] };
  await Promise.all([window.tell("acme", fine), window.tell("calm", fine)]);
  await window.tell("acme", {
    at: at(1),
    components: [component("API", "partial_outage", at(1))],
    incidents: [incident("one", at(1)), incident("old", at(0), { status: "resolved", resolvedAt: at(0) })],
    maintenances: [
      {
        ...{ id: "m", title: "Upgrade", status: "scheduled", impact: "none", components: [], updates: [] },
        ...{ scheduledFor: at(60), scheduledUntil: at(120), updatedAt: at(1) },
      },
    ],
  });
});
afterAll(async () => {
  await window.close();
  await server.stop();
});

describe("the board as a Statuspage", () => {
  test("is read by our own adapter: a provider is a component, and unknown is not green", async () => {
    const snapshot = await summary();
    expect(snapshot.components.map(({ id, status }) => [id, status])).toEqual([
      ["acme", "partial_outage"],
      ["calm", "operational"],
      ["silent", "unknown"],
    ]);
  });

  test("tells open incidents and maintenance ahead, with their words", async () => {
    const snapshot = await summary();
    expect(snapshot.incidents).toMatchObject([
      {
        ...{ id: "acme:one", title: "ACME: Trouble one", status: "investigating", impact: "major" },
        components: [{ id: "acme", name: "ACME" }],
        updates: [{ body: "We are looking into it.", at: at(1) }],
      },
    ]);
    expect(snapshot.maintenances).toMatchObject([{ title: "ACME: Upgrade", scheduledFor: at(60) }]);
  });

  test("tells past incidents where Statuspage does", async () => {
    const all = (await window.json("/api/v2/incidents.json")) as { incidents: { id: string }[] };
    expect(all.incidents.map(({ id }) => id)).toEqual(["acme:one", "acme:old"]);
    expect(await window.json("/api/v2/incidents/unresolved.json")).toMatchObject({
      incidents: [{ id: "acme:one" }],
    });
  });

  test("has absolute URLs only: its own address and its own pages", async () => {
    expect(await window.json("/api/v2/summary.json")).toMatchObject({
      page: { url: window.url },
      incidents: [{ shortlink: `${window.url}/incidents/acme%3Aone` }],
      scheduled_maintenances: [{ shortlink: `${window.url}/maintenances/acme%3Am` }],
    });
  });

  test.each([
    ["status", { status: { indicator: "major" } }],
    ["components", { components: [{ id: "acme" }, { id: "calm" }, { id: "silent" }] }],
    ["scheduled-maintenances", { scheduled_maintenances: [{ id: "acme:m" }] }],
    ["scheduled-maintenances/upcoming", { scheduled_maintenances: [{ id: "acme:m" }] }],
    ["scheduled-maintenances/active", { scheduled_maintenances: [] }],
  ])("answers %s.json", async (name, answer) => {
    expect(await window.json(`/api/v2/${name}.json`)).toMatchObject({ page: { id: "statuswire" }, ...answer });
  });
});

async function summary(): Promise<Snapshot> {
  const body = await (await window.get("/api/v2/summary.json")).text();
  return snapshotOf(formats.statuspage, body, { at: at(2) });
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
