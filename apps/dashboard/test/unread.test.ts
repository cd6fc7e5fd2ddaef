import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { stale } from "@statuswire/status";
import { createReadings, createStore } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, launch, visit } from "./open-browser.ts";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let browser: Browser | undefined;
let window: OpenWindow;
let page: Page | undefined;

beforeAll(async () => {
  [server, browser] = await Promise.all([freshRedis(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});
beforeEach(async () => {
  window = await openTestWindow(server, ["acme"]);
});
afterEach(async () => {
  await page?.context().close();
  page = undefined;
  await window.close();
});

describe("a page that was never read", () => {
  const failing = { polledAt: at(1), outcome: "unreachable", failures: 1, failingSince: at(1) };

  test("says why wherever the API tells of it", async () => {
    await readings().note("acme", failing);
    const neverRead = { reason: "unreachable" };
    expect(await window.json("/api/v1/providers")).toMatchObject({ providers: [{ id: "acme", neverRead }] });
    expect(await window.json("/api/v1/providers/acme")).toMatchObject({ state: "unknown", neverRead });
    expect(await window.json("/api/v2/components.json")).toMatchObject({
      components: [{ id: "acme", status: "unknown", description: "Never read: unreachable" }],
    });
  });

  test("says that nobody has tried where nobody has", async () => {
    expect(await window.json("/api/v1/providers/acme")).toMatchObject({
      neverRead: { reason: "it has not been polled yet; is a worker running?" },
    });
  });

  test("says why without a script", async () => {
    await readings().note("acme", failing);
    expect(await (await window.get("/")).text()).toContain("Never read: unreachable");
  });

  test("is one that was read once it has said anything", async () => {
    await window.tell("acme", { at: at(0), components: [component("API", "operational", at(0))] });
    expect(await window.json("/api/v1/providers/acme")).not.toHaveProperty("neverRead");
  });

  browserTest("says why in the list, and in each part of its own page", async () => {
    await readings().note("acme", failing);
    page = await visit(browser, window.url);
    await page.getByRole("cell", { name: "Never read: unreachable", exact: true }).waitFor();
    await page.goto(`${window.url}/providers/acme`);
    await page.getByText("ACME's page has never been read: unreachable.").waitFor();
    await page.getByText("its components are unknown: unreachable.").waitFor();
    await page.getByText("never: unreachable", { exact: true }).waitFor();
    expect(await page.getByText("This page names no components.").count()).toBe(0);
  });
});

describe("a page that can't be read any more", () => {
  beforeEach(async () => {
    await window.tell("acme", { at: at(0), components: [component("API", "operational", at(0))] });
    await readings().note("acme", { readAt: at(5), polledAt: at(30), outcome: "unreachable", failures: 5 });
    const circumstances = { at: at(17), name: "ACME", reason: "unreachable" };
    const how = { via: "poll", at: at(17) } as const;
    await createStore(server.connect()).transition("acme", (known) => stale(known, circumstances), how);
  });

  test("was last read when it was read, not when it was given up", async () => {
    expect(await window.json("/api/v1/providers/acme")).toMatchObject({
      stale: { since: at(17), reason: "unreachable", lastReadAt: at(5) },
    });
    expect(await window.json("/api/v1/providers/acme/source")).toMatchObject({ lastReadAt: at(5) });
  });

  browserTest("shows that time in the list and on its page", async () => {
    page = await visit(browser, window.url);
    const last = page.getByRole("cell", { name: /^Not reporting, last read/ }).locator("time");
    expect(await last.getAttribute("datetime")).toBe(at(5));
    await page.goto(`${window.url}/providers/acme`);
    const read = page
      .getByText("Last read", { exact: true })
      .locator("xpath=following-sibling::dd[1]")
      .locator("time");
    expect(await read.getAttribute("datetime")).toBe(at(5));
  });
});

function readings() {
  return createReadings(server.connect());
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
