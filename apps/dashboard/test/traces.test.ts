import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import type { Event } from "@statuswire/status";
import { createTraces } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { incident, openTestWindow, type OpenWindow } from "./open-window.ts";

const at = "2025-11-03T14:32:00.000Z";

let server: FreshRedis;
let window: OpenWindow;
let event: Event;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server);
  const [told] = await window.tell("acme", { at, incidents: [incident("a", at)] });
  if (!told) throw new Error("Nothing was told.");
  event = told;
});
afterEach(() => window.close());

describe("an event's trace", () => {
  test("says what was decided and tried, by its id and by its place", async () => {
    const traces = createTraces(server.connect());
    const decision = {
      sink: "team",
      verdict: "tell",
      reason: "nothing speaks against it",
      rule: "the usual",
    } as const;
    await traces.decide([{ event, ruling: { rules: [], decisions: [decision] } }]);
    await traces.attempted(event.seq, { sink: "team", at, outcome: "delivered", ms: 7 });
    const whole = { postedAt: at, ruling: { decisions: [decision] }, attempts: [{ outcome: "delivered", ms: 7 }] };
    expect(await window.json(`/api/v1/events/${event.id}/trace`)).toMatchObject(whole);
    expect(await window.json(`/api/v1/events/${event.seq}/trace`)).toMatchObject(whole);
  });

  test("is empty while nothing was decided", async () => {
    expect(await window.json(`/api/v1/events/${event.seq}/trace`)).toMatchObject({ ruling: null, attempts: [] });
  });

  test("of no event is not there", async () => {
    expect((await window.get("/api/v1/events/evt_none/trace")).status).toBe(404);
  });
});
