import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "@jest/globals";
import { parseConfig } from "@statuswire/config";
import { createHealths } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, expectAccessible, launch, visit } from "./open-browser.ts";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let browser: Browser | undefined;
let window: OpenWindow;
let page: Page;

beforeAll(async () => {
  [server, browser] = await Promise.all([freshRedis(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});
beforeEach(async () => {
  const { sinks } = parseConfig("sinks: { team: { kind: ntfy, topic: t } }", {});
  window = await openTestWindow(server, ["acme"], {}, sinks);
  await createHealths(server.connect()).refused("team", Date.now(), "ntfy knows no such topic.");
  const at = "2025-11-03T14:00:00.000Z";
  await window.tell("acme", { at, components: [component("API", "major_outage", at)] });
});
afterEach(async () => {
  await page.context().close();
  await window.close();
});

describe("a page whose server has fallen silent, though nothing says that the connection is cut", () => {
  browserTest("says so within 20 s, in grey, with the time of the last contact", async () => {
    page = await visit(browser, window.url);
    await page.clock.install();
    // Loaded again with a clock of ours; whoever is offline keeps the connections that there are.
    await page.goto(window.url);
    await page.getByText("Live", { exact: true }).waitFor();
    await page.getByRole("cell", { name: "Major outage", exact: true }).waitFor();
    await page.getByText("Alerts do not arrive.").waitFor();
    expect(await filterOf(".failing-sinks")).toBe("none");
    const heardBefore = await page.evaluate<number>("Date.now()");
    expect(await colourOfState()).not.toBe(await colourOfUnknown());
    await page.context().setOffline(true);
    await page.clock.fastForward(20_000);
    await page.getByText("This dashboard lost contact with the server.").waitFor();
    const last = await page.locator(".lost-contact time").getAttribute("datetime");
    // A beat may have come in between; anything of the 20 s of silence would be later.
    expect(Date.parse(last ?? "")).toBeLessThan(heardBefore + 15_000);
    expect(await colourOfState()).toBe(await colourOfUnknown());
    expect(await filterOf(".failing-sinks")).toBe("grayscale(1)");
    expect(await filterOf(".lost-contact")).toBe("none");
    expect(await page.title()).toMatch(/^Not live: /);
    await expectAccessible(page);
  });
});

async function filterOf(selector: string): Promise<unknown> {
  return page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).filter`);
}

async function colourOfState(): Promise<unknown> {
  return page.evaluate("getComputedStyle(document.querySelector('td .state-mark')).color");
}

async function colourOfUnknown(): Promise<unknown> {
  return page.evaluate(`(() => {
    const element = document.body.appendChild(document.createElement("span"));
    element.style.color = "var(--unknown)";
    const { color } = getComputedStyle(element);
    element.remove();
    return color;
  })()`);
}
