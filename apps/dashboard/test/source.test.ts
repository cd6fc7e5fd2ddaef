import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { spokenIn } from "@statuswire/status";
import { createPayloads, createReadings, createStore, withPoll } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import { incident, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;

beforeAll(async () => {
  server = await freshRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  window = await openTestWindow(server, ["acme"]);
});
afterEach(() => window.close());

describe("a provider's source in the API", () => {
  test("has how its page is read before it ever was", async () => {
    expect(await source()).toEqual({
      ...{ id: "acme", page: "https://status.acme.test", format: "statuspage", everySeconds: 60 },
      ...{ recognized: "As configured, or as the catalog says.", failures: 0, polls: [], lagEvents: 0 },
    });
  });

  test("has the last polls, and when the next is due", async () => {
    const polls = withPoll(undefined, { at: at(0), outcome: "unchanged", status: 304, bytes: 0, ms: 7 });
    await readings().note("acme", { polledAt: at(0), outcome: "unchanged", polls });
    expect(await source()).toMatchObject({
      polls: [{ at: at(0), outcome: "unchanged", status: 304, bytes: 0, ms: 7 }],
      nextPollAt: at(1),
    });
  });

  test("has what the page was found to talk instead", async () => {
    await readings().note("acme", {
      found: "instatus",
      foundFor: "statuspage",
      foundAt: "https://status.acme.test",
    });
    expect(await source()).toMatchObject({
      format: "instatus",
      recognized: "Detected when the page moved; the configuration says statuspage.",
    });
  });

  test("says that its format was detected also once it has been read in it", async () => {
    await readings().note("acme", {
      ...{ found: "instatus", foundFor: "statuspage", foundAt: "https://status.acme.test" },
    });
    await createStore(server.connect()).transition(
      "acme",
      (known) => spokenIn(known, "instatus", { at: at(0), name: "ACME" }),
      { via: "poll", at: at(0) },
    );
    expect(await source()).toMatchObject({
      format: "instatus",
      recognized: "Detected when the page moved; the configuration says statuspage.",
    });
  });

  test("does not call detected what the configuration has come to say since", async () => {
    await readings().note("acme", {
      found: "statuspage",
      foundFor: "instatus",
      foundAt: "https://status.acme.test",
    });
    expect(await source()).toMatchObject({ recognized: "As configured, or as the catalog says." });
  });

  test("names the format that the page has moved to, as the provider does", async () => {
    const store = createStore(server.connect());
    for (const format of ["statuspage", "instatus"])
      await store.transition("acme", (known) => spokenIn(known, format, { at: at(0), name: "ACME" }), {
        via: "poll",
        at: at(0),
      });
    expect(await source()).toMatchObject({ format: "instatus" });
    expect(await window.json("/api/v1/providers/acme")).toMatchObject({ format: "instatus" });
    expect(await window.json("/api/v1/providers")).toMatchObject({ providers: [{ format: "instatus" }] });
  });

  test("has how far we are behind the vendor, by what was news", async () => {
    await window.tell("acme", { at: at(0), incidents: [incident("old", at(-300))] });
    await window.tell("acme", { at: at(2), incidents: [incident("old", at(-300)), incident("new", at(1))] });
    expect(await source()).toMatchObject({ lagSeconds: 60, lagEvents: 1 });
  });

  test("has what the page said last, as text", async () => {
    const text = '{"page":"<script>alert(1)</script>"}';
    await createPayloads(server.connect()).keep("acme", { at: at(0), text });
    const answer = await window.get("/api/v1/providers/acme/payload");
    expect(answer.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(await answer.json()).toEqual({ at: at(0), text, isCut: false });
    expect((await window.get("/api/v1/providers/nobody/payload")).status).toBe(404);
  });
});

async function source(): Promise<unknown> {
  return window.json("/api/v1/providers/acme/source");
}

function readings() {
  return createReadings(server.connect());
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
