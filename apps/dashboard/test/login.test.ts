import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser } from "playwright-core";
import { browserTest, expectAccessible, launch, tabTo, visit } from "./open-browser.ts";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

const password = "correct horse battery";

let server: FreshRedis;
let window: OpenWindow;
let browser: Browser | undefined;

beforeAll(async () => {
  [server, browser] = await Promise.all([freshRedis(), launch()]);
  window = await openTestWindow(server, ["acme"], { DASHBOARD_PASSWORD: password });
});
afterAll(async () => {
  await browser?.close();
  await window.close();
  await server.stop();
});

describe("a visitor who has to log in", () => {
  browserTest("does so with the keyboard, gets where they wanted, and out again", async () => {
    const page = await visit(browser, `${window.url}/events?q=login`);
    await page.getByRole("heading", { name: "Log in to Statuswire" }).waitFor();
    await page.keyboard.type("wrong");
    await page.keyboard.press("Enter");
    await page.getByRole("alert").getByText("That is neither the password nor a token.").waitFor();
    await expectAccessible(page);
    await page.keyboard.type(password);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Events", exact: true, level: 1 }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    expect(page.url()).toBe(`${window.url}/events?q=login`);
    await tabTo(page, "Log out");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Log in to Statuswire" }).waitFor();
  });

  browserTest.each(["light", "dark"] as const)(
    "finds a page that axe has nothing serious to say of, in the %s",
    async (colorScheme) => {
      const page = await visit(browser, `${window.url}/`, { colorScheme });
      await page.getByRole("heading", { name: "Log in to Statuswire" }).waitFor();
      await expectAccessible(page);
      await page.getByLabel("Password or token").fill(password);
      await page.keyboard.press("Enter");
      await page.getByText("Live", { exact: true }).waitFor();
      await page.goto(`${window.url}/api/v1/docs`);
      await expectAccessible(page);
    },
  );
});
