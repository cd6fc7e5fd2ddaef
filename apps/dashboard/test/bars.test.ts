import { afterAll, afterEach, beforeAll, describe, expect } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, expectAccessible, launch, visit as visitIn } from "./open-browser.ts";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let browser: Browser | undefined;
let window: OpenWindow | undefined;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([freshRedis(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});
afterEach(async () => {
  await page?.context().close();
  await window?.close();
});

describe("a bar of days", () => {
  browserTest("is one stop for the keyboard, whose arrows tell each day in a sentence", async () => {
    await openWith(["acme"]);
    await lived();
    await visit("/providers/acme");
    const bar = page.getByRole("slider", { name: /^ACME\. Last 90 days: / });
    await bar.focus();
    await page.keyboard.press("Home");
    expect(await bar.getAttribute("aria-valuetext")).toContain("not measured");
    await page.keyboard.press("End");
    for (let days = 0; days < 2; days++) await page.keyboard.press("ArrowLeft");
    expect(await bar.getAttribute("aria-valuetext")).toContain("major outage 30 min");
    await page.locator(".day-card", { hasText: "major outage 30 min" }).waitFor();
    await page.keyboard.press("Escape");
    await page.locator(".day-card").waitFor({ state: "detached" });
  });

  browserTest(
    "leads from a day of trouble to what happened on it, with the keyboard and with a pointer",
    async () => {
      await openWith(["acme"]);
      await lived();
      await visit("/providers/acme");
      const bar = page.getByRole("slider", { name: /^ACME\. Last 90 days: / });
      await bar.focus();
      for (let days = 0; days < 2; days++) await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\?day=\d{4}-\d\d-\d\d$/);
      await page.getByRole("region").getByText("No incident and no maintenance of that day").waitFor();
      await page.getByRole("link", { name: "Close", exact: true }).click();
      await page.waitForURL(/\/providers\/acme$/);
      const box = await bar.boundingBox();
      if (!box) throw new Error("The bar is nowhere.");
      // Waits until nothing moves the bar any more.
      await bar.click({ position: { x: (box.width * 87.5) / 90, y: box.height / 2 } });
      await page.getByRole("link", { name: "What happened", exact: true }).click();
      await page.waitForURL(/\?day=\d{4}-\d\d-\d\d$/);
      await expectAccessible(page);
    },
  );

  browserTest("says how its percentage is made", async () => {
    await openWith(["acme"]);
    await lived();
    await visit("/providers/acme");
    await page.getByText(/^99\.\d\d % uptime since .*, 100 % of it observed$/).waitFor();
    await page.getByText("How this is counted").click();
    await page.getByText("a major outage counts whole").waitFor();
  });

  browserTest.each(["light", "dark"] as const)("has nothing serious for axe to find in the %s", async (scheme) => {
    await openWith(["acme"]);
    await lived();
    await visit("/providers/acme", scheme);
    await page.getByText("As a table").first().click();
    await expectAccessible(page);
    await page.goto(`${window?.url}/`);
    await page.getByRole("slider").first().focus();
    await expectAccessible(page);
  });
});

describe("a list of five hundred services", () => {
  browserTest("draws those in view, and the others when one gets there", async () => {
    await openWith(Array.from({ length: 500 }, (_, index) => `acme-${String(index).padStart(3, "0")}`));
    await visit("/");
    await page.getByRole("rowheader", { name: "ACME-000" }).waitFor();
    await page.getByRole("slider").first().waitFor();
    expect(await page.locator("tbody tr").count()).toBeLessThan(80);
    await page.evaluate("scrollTo(0, document.body.scrollHeight)");
    await page.getByRole("rowheader", { name: "ACME-499" }).waitFor();
    await page.getByRole("searchbox", { name: "Search services" }).fill("acme-25");
    await page.getByText("Showing 10 of 500 services.").waitFor();
  });
});

async function openWith(ids: readonly string[]): Promise<void> {
  window = await openTestWindow(server, ids);
}

/** Ten days with half an hour of major outage, two days ago. */
async function lived(): Promise<void> {
  const noon = Math.floor(Date.now() / day) * day + day / 2;
  for (const [state, when] of [
    ["operational", noon - 10 * day],
    ["major_outage", noon - 2 * day],
    ["operational", noon - 2 * day + 30 * 60_000],
  ] as const) {
    const at = new Date(when).toISOString();
    await window?.tell("acme", { at, components: [component("API", state, at)] });
  }
  await window?.polled("acme", new Date().toISOString());
}

const day = 86_400_000;

async function visit(path: string, colorScheme: "light" | "dark" = "light"): Promise<void> {
  page = await visitIn(browser, `${window?.url}${path}`, { colorScheme });
}
