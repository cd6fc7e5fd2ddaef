import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "@jest/globals";
import type { Event, Maintenance } from "@statuswire/status";
import { createTraces } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, expectAccessible, focused, launch, tabTo, visit as visitIn } from "./open-browser.ts";
import { component, deadLetter, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

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
    await page.getByRole("link", { name: "Trouble one", exact: true }).click();
    await page.getByRole("heading", { name: "Trouble one", exact: true, level: 1 }).waitFor();
    await page.getByRole("list").getByText("We are looking into it.").first().waitFor();
    await page.getByText("We saw it", { exact: true }).waitFor();
  });

  browserTest("shows what vendors write as text", async () => {
    await outage({ title: "<img src=x onerror=alert(1)>", url: "javascript:alert(1)" });
    await visit("/");
    await page.getByRole("link", { name: "<img src=x onerror=alert(1)>", exact: true }).waitFor();
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
    await page.locator(".feed li").nth(1).waitFor();
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
    await page.getByRole("heading", { name: "Trouble one", exact: true, level: 1 }).waitFor();
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
    await page.waitForURL(/\bq=ge%3F$/);
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

  browserTest("says what is not there any more, with a heading and a way back", async () => {
    await outage();
    await visit("/incidents/acme:one");
    await shows("Trouble one");
    await page.evaluate(
      "history.pushState(null, '', '/incidents/acme:two'), dispatchEvent(new PopStateEvent('popstate'))",
    );
    await shows("Page not found");
    await page.getByText('There is no incident "acme:two".').waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Back to the services", exact: true }).click();
    await shows("Problems in 1 of 2 services · 1 not reporting");
  });

  browserTest("filters the log by its address", async () => {
    await outage();
    await visit("/events?type=incident");
    await page.getByText("We are looking into it.").waitFor();
    expect(await page.locator(".event-lines li").count()).toBe(1);
    await page.getByLabel("Words").fill("nothing of the kind");
    await page.getByText("No events match.").waitFor();
    await page.waitForURL(/\bq=nothing/);
  });

  browserTest("redrives a dead letter, whose payload it shows, once that is confirmed", async () => {
    await bury();
    await visit("/deliveries");
    await page.getByText("PermanentError: The sink said no.").waitFor();
    await page.getByText("What it carries").click();
    await page.getByLabel("Payload").getByText('"eventId": "evt_1"').waitFor();
    await page.getByRole("button", { name: "Redrive slack: acme", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Redrive", exact: true }).click();
    await page.getByText("slack: acme is back on its queue.").waitFor();
    expect(await window.json("/api/v1/dead-letters")).toMatchObject({ total: 0 });
  });

  browserTest("redrives all of a sink at once, and says of each delivery what became of it", async () => {
    const [event] = await outage();
    const traces = createTraces(server.connect());
    const attempt = {
      sink: "slack",
      at: new Date().toISOString(),
      outcome: "failed",
      reason: "It is away.",
    } as const;
    await traces.attempted(event?.seq ?? "", attempt);
    await bury("one", event?.seq);
    await bury("two");
    await visit("/deliveries");
    const failed = page.getByRole("region", { name: "Deliveries found" }).getByRole("listitem");
    await failed.filter({ hasText: "Failed" }).getByText("It is away.").waitFor();
    await page.getByText("0 events delivered, 1 failed try.").waitFor();
    await page.getByRole("button", { name: "Redrive all of slack", exact: true }).click();
    await page.getByRole("dialog").getByText("every dead letter of slack").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "Redrive", exact: true }).click();
    await page.getByText("2 deliveries to slack back on the queue.").waitFor();
    await failed.filter({ hasText: "Waiting" }).waitFor();
    await page.getByLabel("State").selectOption("Delivered");
    await page.getByText("There are none in the last 30 days.").waitFor();
    await page.waitForURL(/\bstate=delivered$/);
  });

  browserTest("tells what became of an event", async () => {
    const [event] = await outage();
    const reason = "nothing speaks against it";
    const decision = { sink: "slack", verdict: "tell", reason, rule: "the usual" } as const;
    const proposed = { event: event ?? { id: "", seq: "" }, ruling: { rules: [], decisions: [decision] } };
    await createTraces(server.connect()).decide([proposed]);
    await visit("/events");
    await page.getByRole("link", { name: `Trace: ${event?.product ?? ""}`, exact: true }).click();
    await page.getByText("slack — tell: nothing speaks against it").waitFor();
    await page.getByText("Nobody has been told of it.").waitFor();
  });

  browserTest("lets the log grow behind a button, by its filters, and nothing under who reads", async () => {
    await visit("/events?type=incident");
    await page.getByText("No events match.").waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await outage();
    await page.getByRole("button", { name: "1 new event", exact: true }).waitFor();
    expect(await page.locator(".event-lines li").count()).toBe(0);
    await page.getByRole("button", { name: "1 new event", exact: true }).click();
    await page.getByText("We are looking into it.").waitFor();
    expect(await page.locator(".event-lines li").count()).toBe(1);
    expect(await page.locator(".fresh button").count()).toBe(0);
  });

  browserTest("keeps a list as it was behind a permanent link", async () => {
    await outage();
    await visit("/events");
    await page.getByText("Live", { exact: true }).waitFor();
    await page.locator(".event-lines li").first().waitFor();
    await page.getByRole("link", { name: "Link to what is here now" }).click();
    await page.getByRole("link", { name: "Go on live" }).waitFor();
    await page.locator(".event-lines li").first().waitFor();
    const seen = await page.locator(".event-lines li").count();
    await window.tell("acme", { at: at(2), components: [component("API", "operational", at(2))] });
    await page.reload();
    await page.locator(".event-lines li").first().waitFor();
    expect(await page.locator(".event-lines li").count()).toBe(seen);
  });

  browserTest("draws its plots in the colours of the theme, each with a sentence and a table", async () => {
    await outage();
    await visit("/providers/acme", { colorScheme: "dark" });
    await page.locator("figure canvas").first().waitFor();
    await page
      .getByRole("figure")
      .getByText(/event in the last 48 hours|events in the last 48 hours/)
      .waitFor();
    await page.getByRole("figure").filter({ hasText: "Events per hour" }).getByText("As a table").click();
    await page.getByRole("region", { name: "Events per hour", exact: true }).getByRole("row").nth(1).waitFor();
    await page.getByLabel("Theme").selectOption("light");
    await page.locator("figure canvas").first().waitFor();
    await expectAccessible(page);
  });

  browserTest("has no horizontal scroll on a narrow screen", async () => {
    await outage();
    await visit("/", { width: 320, height: 640 });
    await page.getByRole("link", { name: "Trouble one", exact: true }).waitFor();
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(320);
  });

  browserTest.each([
    ["/"],
    ["/?tv=1"],
    ["/providers/acme"],
    ["/incidents/acme:one"],
    ["/maintenances/acme:works"],
    ["/events"],
    ["/events/:seq"],
    ["/deliveries", ".deliveries .why a"],
    ["/add?q=stripe"],
  ])("has nothing for axe to find at %s, in the light and in the dark", async (path, content = anyContent) => {
    const [event] = await outage({}, [works]);
    await bury("grave", event?.seq);
    const now = new Date().toISOString();
    // Only beside more words than its own is a link one within a text to axe.
    const reason = "It cannot be reached; check the network and its address.";
    const attempt = { sink: "slack", at: now, outcome: "failed", reason } as const;
    await createTraces(server.connect()).attempted(event?.seq ?? "", attempt);
    await visit(path.replace(":seq", event?.seq ?? ""));
    await page.getByText("Live", { exact: true }).waitFor();
    await page.locator(content).first().waitFor();
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")).toBe(true);
    await expectAccessible(page);
  });

  browserTest.each(["/api/v1/docs", "/none", "/queues", "/queues/queue/dead-letters"])(
    "has nothing for axe to find at %s, either",
    async (path) => {
      await bury();
      await visit(path);
      await page.getByRole("heading", { level: 1 }).waitFor({ state: "attached" });
      await page
        .getByRole("link", { name: /dead-letters|Statuswire/ })
        .first()
        .waitFor();
      await expectAccessible(page);
      await page.emulateMedia({ colorScheme: "dark" });
      await expectAccessible(page);
    },
  );
});

const anyContent = "main :is(.card, .lines, .event-lines li)";

async function visit(path: string, screen?: Parameters<typeof visitIn>[2]): Promise<void> {
  page = await visitIn(browser, `${window.url}${path}`, screen);
}

async function shows(headline: string): Promise<void> {
  await page.getByRole("heading", { name: headline, exact: true, level: 1 }).waitFor();
}

async function outage(
  differences: Parameters<typeof incident>[2] = {},
  maintenances: Maintenance[] = [],
): Promise<Event[]> {
  return window.tell("acme", {
    at: at(1),
    components: [component("API", "major_outage", at(1))],
    incidents: [incident("one", at(1), { impact: "critical", ...differences })],
    maintenances,
  });
}

async function bury(id = "grave", seq = "1-0"): Promise<void> {
  const letter = deadLetter({ seq });
  await window.queues["dead-letters"].add(letter.error, letter, { jobId: id });
}

/** Far ahead. */
const works: Maintenance = {
  ...{ id: "works", title: "Works on the line", status: "scheduled" as const, impact: "maintenance" as const },
  components: [],
  ...{ scheduledFor: "2040-01-01T00:00:00.000Z", scheduledUntil: "2040-01-01T01:00:00.000Z", updatedAt: at(1) },
  updates: [{ id: "works-1", status: "scheduled", body: "We will be brief.", at: at(1) }],
};

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
