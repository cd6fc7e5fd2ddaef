import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, launch, visit } from "./open-browser.ts";
import { incident, openTestWindow, type OpenWindow } from "./open-window.ts";

const at = "2025-11-03T20:30:00.000Z";
const inUtc = "2025-11-03 20:30:00 UTC";

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
  await window.tell("acme", { at: "2025-11-03T20:00:00.000Z" });
  await window.tell("acme", { at, incidents: [incident("one", at)] });
});
afterEach(async () => {
  await page?.context().close();
  page = undefined;
  await window.close();
});

describe("times on the page", () => {
  browserTest("are the reader's, with the zone named and UTC on hover", async () => {
    page = await visit(browser, `${window.url}/incidents/acme:one`, { timezoneId: "Asia/Tokyo" });
    await page.getByText("Times are in Asia/Tokyo").waitFor();
    const posted = page.getByText("Vendor posted", { exact: true }).locator("xpath=following-sibling::dd[1]");
    await posted.getByText("Nov 4, 2025, 5:30:00 AM GMT+9").waitFor();
    expect(await posted.locator("time").getAttribute("title")).toBe(inUtc);
  });

  browserTest("are so in event lines, too, whatever the server's zone is", async () => {
    page = await visit(browser, window.url, { timezoneId: "Asia/Tokyo" });
    const line = page.locator(".feed li").filter({ hasText: "We are looking into it." });
    await line.getByText("[2025-11-04 05:30:00] Product: acme - Trouble one").waitFor();
    expect(await line.locator("time").getAttribute("title")).toBe(inUtc);
  });

  browserTest("are so where a day is chosen", async () => {
    page = await visit(browser, `${window.url}/events`, { timezoneId: "Asia/Tokyo" });
    const asked = page.waitForRequest(/since=2025-11-03T15%3A00%3A00.000Z/);
    await page.getByLabel("Since").fill("2025-11-04");
    await asked;
  });

  test("are UTC where no script knows the reader's", async () => {
    expect(await (await window.get("/")).text()).toContain(`[${inUtc}] Product: acme - Trouble one`);
  });
});
