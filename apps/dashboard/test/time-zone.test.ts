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
  window = await openTestWindow(server, ["acme", "beta"]);
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

describe("days on the page", () => {
  browserTest("are the reader's, in columns, tables and plots", async () => {
    await hadTrouble();
    page = await visit(browser, `${window.url}/providers/beta`, { timezoneId: "Asia/Tokyo" });
    const bar = page.getByRole("slider", { name: /^BETA\. Last 90 days: .*1 partial outage/ });
    await bar.focus();
    for (let ago = inTokyo.ago; ago > 0; ago--) await page.keyboard.press("ArrowLeft");
    expect(await bar.getAttribute("aria-valuetext")).toContain(`, ${inTokyo.words}: partial outage 30 min`);
    for (const table of await page.getByText("As a table").all()) await table.click();
    const row = page.getByRole("region", { name: "Days" }).getByRole("row", { name: "partial outage 30 min" });
    await row.getByRole("rowheader", { name: inTokyo.words }).waitFor();
    const plot = page.getByRole("region", { name: "Minutes of trouble per day" });
    await plot.getByRole("columnheader", { name: "Day", exact: true }).waitFor();
    await plot.getByRole("row", { name: `${inTokyo.words} 0 30 min` }).waitFor();
    expect(await page.locator("main").innerText()).not.toContain("UTC");
  });

  browserTest("are so where one is opened, and in the way to its events", async () => {
    await hadTrouble();
    page = await visit(browser, `${window.url}/providers/beta?day=${inTokyo.date}`, { timezoneId: "Asia/Tokyo" });
    const day = page.getByRole("region", { name: inTokyo.words });
    await day.getByRole("link", { name: "Trouble two" }).waitFor();
    const asked = page.waitForRequest((request) =>
      request.url().includes(`since=${encodeURIComponent(inTokyo.begins)}`),
    );
    await day.getByRole("link", { name: "Events of that day" }).click();
    await asked;
    expect(new URL(page.url()).searchParams.get("before")).toBe(`${Date.parse(inTokyo.begins) + dayMs}-0`);
    await page.goto(`${window.url}/providers/beta?day=${inTokyo.begins.slice(0, 10)}`);
    await page.getByText("No incident and no maintenance of that day").waitFor();
  });
});

const dayMs = 86_400_000;
/** Two days ago by UTC, an hour after midnight in Tokyo. */
const trouble = Math.floor(Date.now() / dayMs) * dayMs - 2 * dayMs + 16 * 3_600_000;
const inTokyo = dayInTokyo(trouble);

/** The day of a time: its date, how many days ago it was, how it is written, and when it begins. */
function dayInTokyo(time: number) {
  const ahead = 9 * 3_600_000;
  const [then, today] = [time, Date.now()].map((at) => Math.floor((at + ahead) / dayMs)) as [number, number];
  const words = new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeZone: "Asia/Tokyo" }).format(time);
  return {
    date: new Date(then * dayMs).toISOString().slice(0, 10),
    ago: today - then,
    words,
    begins: new Date(then * dayMs - ahead).toISOString(),
  };
}

/** Half an hour of an incident. */
async function hadTrouble(): Promise<void> {
  const [before, began, ended] = [trouble - dayMs, trouble, trouble + 1_800_000].map((ms) =>
    new Date(ms).toISOString(),
  ) as [string, string, string];
  await window.tell("beta", { at: before });
  await window.tell("beta", { at: began, incidents: [incident("two", began)] });
  const over = { status: "resolved", startedAt: began, resolvedAt: ended } as const;
  await window.tell("beta", { at: ended, incidents: [incident("two", ended, over)] });
}
