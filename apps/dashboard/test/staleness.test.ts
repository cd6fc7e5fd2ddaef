import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { createReadings, keys } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, ["acme"]);
  await window.tell("acme", { at: ago(20), components: [component("API", "operational", ago(20))] });
});
afterEach(() => window.close());

describe("a provider whose page fails", () => {
  test("is as it was for ten minutes", async () => {
    await failing(9);
    expect(await provider()).not.toHaveProperty("stale");
  });

  test("is stale from then on, although no event has said so", async () => {
    await failing(10);
    expect(await provider()).toMatchObject({ stale: { reason: "unreachable" } });
    expect(await (await window.get("/api/v2/components.json")).json()).toMatchObject({
      components: [{ id: "acme", status: "unknown" }],
    });
    expect(await (await window.get("/metrics")).text()).toContain('statuswire_provider_stale{provider="acme"} 1');
  });
});

describe("while our own network is down", () => {
  beforeEach(async () => {
    await server.connect().hset(keys.network, "lostAt", ago(1));
  });

  test("all providers are unknown, and say why", async () => {
    expect(await provider()).toMatchObject({ stale: { reason: "our own network is down" } });
    expect(await window.json("/api/v1/network")).toHaveProperty("lostAt");
  });

  test("the page says so, also without a script", async () => {
    expect(await (await window.get("/")).text()).toContain("Our own network is down since");
  });
});

async function provider(): Promise<unknown> {
  return window.json("/api/v1/providers/acme");
}

async function failing(minutes: number): Promise<void> {
  const state = { failures: 3, failingSince: ago(minutes), polledAt: ago(0), outcome: "unreachable" };
  await createReadings(server.connect()).note("acme", state);
}

function ago(minutes: number): string {
  return new Date(Date.now() - minutes * 60_000).toISOString();
}
