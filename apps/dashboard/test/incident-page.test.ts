import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from "@jest/globals";
import { createTraces, keys } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, expectAccessible, launch, visit as visitIn } from "./open-browser.ts";
import { incident, openTestWindow, type OpenWindow } from "./open-window.ts";

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
  window = await openTestWindow(server, ["acme"]);
  await window.tell("acme", { at: at(-60) });
});
afterEach(async () => {
  await page?.context().close();
  await window.close();
});

describe("the page of an incident", () => {
  browserTest("has its four moments: began, posted, seen, delivered to each sink", async () => {
    const [opened] = await window.tell("acme", {
      at: at(12),
      incidents: [incident("one", at(10), { startedAt: at(0) })],
    });
    const traces = createTraces(server.connect());
    await traces.attempted(opened?.seq ?? "", {
      sink: "slack",
      at: at(12),
      outcome: "failed",
      reason: "It said 500.",
    });
    await traces.attempted(opened?.seq ?? "", { sink: "slack", at: at(13), outcome: "delivered" });
    await visit();
    expect(await fact("Vendor posted")).toMatch(/10 min later$/);
    expect(await fact("We saw it")).toMatch(/2 min later$/);
    await page.getByText("slack: delivered").waitFor();
    expect(await fact("We delivered it")).toMatch(/1 min later$/);
    await expectAccessible(page);
  });

  browserTest("shows what the vendor has reworded, and what it said before", async () => {
    await window.tell("acme", { at: at(1), incidents: [says("We see delays.")] });
    await window.tell("acme", { at: at(5), incidents: [says("We see <b>long</b> delays.")] });
    await visit();
    await page.getByText("Edited, seen").click();
    await page.locator("del", { hasText: "We see delays." }).waitFor();
    await page.locator(".timeline p", { hasText: "We see long delays." }).waitFor();
  });

  browserTest("says where the end is our conclusion", async () => {
    await window.tell("acme", { at: at(1), incidents: [incident("one", at(0))] });
    for (const minute of [2, 3]) await window.tell("acme", { at: at(minute) });
    await visit();
    await page.getByRole("heading", { name: "Resolved (inferred)" }).waitFor();
  });

  browserTest("that was there when we first looked says that nobody was told", async () => {
    await window.close();
    window = await openTestWindow(server, ["acme"]);
    await window.tell("acme", { at: at(1), incidents: [incident("one", at(0))] });
    await visit();
    await page.getByText("to nobody: it was there when we first looked").waitFor();
  });
});

describe("the incidents on a provider's page", () => {
  browserTest("are searched in the whole log", async () => {
    await window.tell("acme", { at: at(1), incidents: [incident("old", at(1), { title: "Login is slow" })] });
    await server.connect().del(keys.known("acme"));
    await window.tell("acme", { at: at(3) });
    await visit("/providers/acme", "ACME");
    await page.getByRole("searchbox", { name: "Search all incidents on record" }).fill("login");
    await page.getByRole("link", { name: "Login is slow", exact: true }).click();
    await page.getByRole("heading", { name: "Login is slow", exact: true, level: 1 }).waitFor();
  });
});

function says(body: string) {
  return incident("one", at(0), { updates: [{ id: "one-1", status: "investigating", body, at: at(0) }] });
}

async function fact(name: string): Promise<string> {
  const said = page.locator(`dt:text-is("${name}") + dd`);
  await said.waitFor();
  return (await said.innerText()).trim();
}

async function visit(path = "/incidents/acme:one", heading = "Trouble one"): Promise<void> {
  page = await visitIn(browser, `${window.url}${path}`);
  await page.getByRole("heading", { name: heading, exact: true, level: 1 }).waitFor();
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
