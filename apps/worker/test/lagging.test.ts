import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type LocalServer, serve } from "@statuswire/testing";
import { at, openStage, type Stage } from "./stage.ts";

let page: LocalServer;
let stage: Stage;
let isListed: boolean;
let asked: string[];

beforeEach(async () => {
  [isListed, asked] = [true, []];
  page = await serve(({ url = "" }, response) => {
    asked.push(url);
    const lagging = { page: { name: "Acme" }, incident: incident(0) };
    response.end(JSON.stringify(url.includes("incidents/") ? lagging : summary(isListed ? [incident(1)] : [])));
  });
  stage = await openStage([{ id: "acme", page: page.url, format: "statuspage", every: 60 }]);
});
afterEach(async () => {
  await stage.close();
  await page.close();
});

describe("an incident that its page no longer lists, but whose own address lags behind", () => {
  test("is asked for once a reading, not again and again", async () => {
    await stage.poll("acme");
    await stage.settle("acme");
    isListed = false;
    stage.clock(2);
    await stage.poll("acme");
    await stage.settle("acme");
    expect(asked.filter((url) => url.includes("incidents/"))).toHaveLength(1);
  });
});

function summary(incidents: readonly object[]) {
  return {
    page: { id: "p", name: "Acme", updated_at: at(-5).toISOString() },
    status: { indicator: "minor", description: "" },
    components: [{ id: "c", name: "API", status: "operational", updated_at: at(-60).toISOString() }],
    incidents,
    scheduled_maintenances: [],
  };
}

function incident(minutes: number) {
  const times = { created_at: at(-10).toISOString(), updated_at: at(minutes).toISOString() };
  const update = { id: `u${minutes}`, status: "investigating", body: "Looking.", ...times };
  return {
    id: "i",
    name: "Delays",
    status: "investigating",
    impact: "minor",
    ...times,
    incident_updates: [update],
  };
}
