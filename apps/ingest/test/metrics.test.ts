import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { hasPromtool, promtool } from "@statuswire/testing";
import { type Door, openDoor } from "./door.ts";

const promtoolTest = hasPromtool() ? test : test.skip;

let door: Door;

beforeAll(async () => {
  door = await openDoor();
  await door.post("acme", JSON.stringify({ incident: { name: "Slow.", body: "Slow." } }));
  await door.post("acme", "not JSON");
});
afterAll(() => door.close());

describe("the metrics of ingest", () => {
  test("count what was accepted and what was refused", async () => {
    const metrics = await (await fetch(`${door.url}/metrics`)).text();
    expect(metrics).toContain("statuswire_webhooks_accepted_total 1");
    expect(metrics).toContain('statuswire_webhooks_refused_total{status="400"} 1');
  });

  promtoolTest("are written as Prometheus wants them", async () => {
    const metrics = await (await fetch(`${door.url}/metrics`)).text();
    expect(await promtool(["check", "metrics"], metrics)).toEqual({ code: 0, output: "" });
  });
});
