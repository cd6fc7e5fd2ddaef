import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "@jest/globals";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, expectAccessible, focused, launch, tabTo } from "./open-browser.ts";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

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
  window = await openTestWindow(server, ["acme", "quiet"]);
  await window.tell("acme", { at: at(0), components: [component("API", "operational", at(0))] });
});
afterEach(async () => {
  await page?.context().close();
  await window.close();
});

describe("the page", () => {
  browserTest("shows an incident without being loaded anew, with its timeline behind a link", async () => {
    await visit("/");
    await shows("No known problems in 1 of 2 services · 1 not reporting");
    await outage();
    await shows("Problems in 1 of 2 services · 1 not reporting");
    await page.getByRole("link", { name: "Trouble one" }).click();
    await page.getByRole("heading", { name: "Trouble one", level: 1 }).waitFor();
    await page.getByRole("list").getByText("We are looking into it.").first().waitFor();
    await page.getByText("We saw it").waitFor();
  });

  browserTest("shows what vendors write as text", async () => {
    await outage({ title: "<img src=x onerror=alert(1)>", url: "javascript:alert(1)" });
    await visit("/");
    await page.getByRole("link", { name: "<img src=x onerror=alert(1)>" }).waitFor();
    expect(await page.locator('a[href^="javascript"], img[src="x"]').count()).toBe(0);
  });

  browserTest("says that it lost the server, and goes on where it was once it is back", async () => {
    await visit("/");
    await page.getByText("Live", { exact: true }).waitFor();
    await page.context().setOffline(true);
    // A cut connection: what is offline refuses only new ones.
    window.cut();
    await page.getByText("This dashboard lost contact with the server").waitFor();
    await outage();
    await page.context().setOffline(false);
    await shows("Problems in 1 of 2 services · 1 not reporting");
    await page.getByText("Live", { exact: true }).waitFor();
    expect(await page.locator(".feed li").count()).toBe(2);
  });

  browserTest("is read and walked with the keyboard alone", async () => {
    await outage();
    await visit("/");
    await shows("Problems in 1 of 2 services · 1 not reporting");
    await page.keyboard.press("Tab");
    expect(await focused(page)).toBe("Skip to content");
    await tabTo(page, "Trouble one");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Trouble one", level: 1 }).waitFor();
    await tabTo(page, "Oldest first");
  });

  browserTest("is walked by keys, which a question mark tells and which can be turned off", async () => {
    await visit("/");
    await page.getByText("Live", { exact: true }).waitFor();
    await page.keyboard.press("g");
    await page.keyboard.press("e");
    await shows("Events");
    await page.keyboard.press("/");
    await page.keyboard.type("ge?");
    expect(page.url()).toContain("q=ge%3F");
    await page.keyboard.press("Tab");
    await page.getByRole("heading", { level: 1 }).focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("These keys do something").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.keyboard.press("?");
    await shows("Events");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  browserTest("filters the log by its address", async () => {
    await outage();
    await visit("/events?type=incident");
    await page.getByText("We are looking into it.").waitFor();
    expect(await page.locator(".event-lines li").count()).toBe(1);
    await page.getByLabel("Words").fill("nothing of the kind");
    await page.getByText("No events match.").waitFor();
    expect(page.url()).toContain("q=nothing");
  });

  browserTest("redrives a dead letter, whose payload it shows, once that is confirmed", async () => {
    await bury();
    await visit("/deliveries");
    await page.getByText("PermanentError: The sink said no.").waitFor();
    await page.getByText("What it carries").click();
    await page.getByLabel("Payload").getByText('"eventId": "evt_1"').waitFor();
    await page.getByRole("button", { name: "Redrive slack: acme" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Redrive" }).click();
    await page.getByText("slack: acme is back on its queue.").waitFor();
    expect(await window.json("/api/v1/dead-letters")).toMatchObject({ total: 0 });
  });

  browserTest("has no horizontal scroll on a narrow screen", async () => {
    await outage();
    await visit("/", { width: 320, height: 640 });
    await page.getByRole("link", { name: "Trouble one" }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
  });

  browserTest.each([
    { path: "/", scheme: "light" },
    { path: "/", scheme: "dark" },
    { path: "/?tv=1", scheme: "dark" },
    { path: "/providers/acme", scheme: "light" },
    { path: "/providers/acme", scheme: "dark" },
    { path: "/incidents/acme:one", scheme: "light" },
    { path: "/incidents/acme:one", scheme: "dark" },
    { path: "/events", scheme: "light" },
    { path: "/events", scheme: "dark" },
    { path: "/deliveries", scheme: "light" },
    { path: "/deliveries", scheme: "dark" },
    { path: "/add?q=stripe", scheme: "light" },
    { path: "/add?q=stripe", scheme: "dark" },
  ] as const)("has nothing serious for axe to find at $path in the $scheme", async ({ path, scheme }) => {
    await bury();
    await outage();
    await visit(path, { width: 1280, height: 900, scheme });
    await page.getByText("Live", { exact: true }).waitFor();
    await page.locator("main :is(.card, .lines, .event-lines li)").first().waitFor();
    await expectAccessible(page);
  });
});

interface Screen {
  width: number;
  height: number;
  scheme?: "light" | "dark";
}

async function visit(path: string, screen: Screen = { width: 1280, height: 900 }): Promise<void> {
  if (!browser) throw new Error("There is no browser.");
  const { width, height, scheme = "light" } = screen;
  const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme });
  page = await context.newPage();
  page.setDefaultTimeout(10_000);
  await page.goto(`${window.url}${path}`);
}

async function shows(headline: string): Promise<void> {
  await page.getByRole("heading", { name: headline, level: 1 }).waitFor();
}

async function outage(differences: Parameters<typeof incident>[2] = {}): Promise<void> {
  await window.tell("acme", {
    at: at(1),
    components: [component("API", "major_outage", at(1))],
    incidents: [incident("one", at(1), { impact: "critical", ...differences })],
  });
}

async function bury(): Promise<void> {
  const letter = {
    ...{ v: 1, queue: "deliveries", jobId: "d1", name: "slack: acme", attempts: 5, stalls: 0 },
    data: { v: 1, eventId: "evt_1", seq: "1-0", sink: "slack" },
    ...{ error: "PermanentError", reason: "The sink said no." },
    ...{ createdAt: at(0), failedAt: at(1) },
  };
  await window.queues["dead-letters"].add(letter.error, letter, { jobId: "grave" });
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
