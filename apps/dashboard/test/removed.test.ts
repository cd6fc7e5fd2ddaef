import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, expectAccessible, launch, visit } from "./open-browser.ts";
import { component, incident, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let browser: Browser | undefined;
let window: OpenWindow;
let page: Page | undefined;
let folder: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([freshRedis(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-removed-"));
  await watch("acme", "gone");
  window = await openTestWindow(server, [], { STATUSWIRE_CONFIG: join(folder, "statuswire.yaml") });
  for (const provider of ["acme", "gone"]) {
    await window.tell(provider, { at: at(0), components: [component("API", "operational", at(0))] });
    await window.tell(provider, {
      at: at(1),
      components: [component("API", "major_outage", at(1))],
      incidents: [incident("one", at(1), { title: `Trouble at ${provider}`, impact: "critical" })],
    });
  }
});
afterEach(async () => {
  await page?.context().close();
  page = undefined;
  await window.close();
  await rm(folder, { recursive: true });
});

describe("a provider that was removed from the configuration", () => {
  test("is in no list and in no metric any more", async () => {
    await remove();
    const lists = ["providers", "incidents", "components", "maintenances", "history"].map(
      (name) => `/api/v1/${name}`,
    );
    const board = ["summary", "components", "incidents", "scheduled-maintenances"].map(
      (name) => `/api/v2/${name}.json`,
    );
    for (const path of [...lists, ...board, "/metrics"]) {
      const text = await (await window.get(path)).text();
      expect(text).not.toMatch(/\bgone\b/i);
      if (!path.includes("maintenances")) expect(text).toMatch(/\bacme\b/i);
    }
  });

  test("has no present state, and the answer says where its history is", async () => {
    await remove();
    for (const path of ["", "/badge.svg", "/source"]) {
      const answer = await window.get(`/api/v1/providers/gone${path}`);
      expect([path, answer.status, await answer.json()]).toEqual([
        path,
        404,
        expect.objectContaining({ detail: expect.stringContaining("/api/v1/providers/gone/history") }),
      ]);
    }
  });

  test("keeps its history: days, incidents and events", async () => {
    await remove();
    expect(await window.json("/api/v1/providers/gone/history")).toMatchObject({ id: "gone", isWatched: false });
    expect(await window.json("/api/v1/incidents/gone:one")).toMatchObject({ isWatched: false, isOpen: true });
    expect(await window.json("/api/v1/incidents/search?provider=gone")).toMatchObject({
      incidents: [{ id: "gone:one" }],
    });
    const { events } = (await window.json("/api/v1/events?provider=gone")) as { events: object[] };
    expect(events.length).toBeGreaterThan(0);
  });

  browserTest("leaves a page that is open, and keeps a page with its history", async () => {
    page = await visit(browser, window.url);
    await page.getByRole("heading", { name: "Problems in 2 of 2 services", exact: true, level: 1 }).waitFor();
    await page.getByText("Live", { exact: true }).waitFor();
    await watch("acme");
    await page.getByRole("heading", { name: "Problems in 1 of 1 service", exact: true, level: 1 }).waitFor();
    expect(await page.getByRole("article").count()).toBe(1);
    await page.goto(`${window.url}/providers/gone`);
    await page.getByText("is not watched any more").waitFor();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Trouble at gone", exact: true }).click();
    await page.getByText("is not watched any more").waitFor();
  });
});

async function remove(): Promise<void> {
  await watch("acme");
  await waitUntil("the configuration to be in force", async () => {
    const { providers } = (await window.json("/api/v1/providers")) as { providers: object[] };
    return providers.length === 1;
  });
}

async function watch(...ids: string[]): Promise<void> {
  const entries = ids.map((id) => `{ id: ${id}, page: "https://status.${id}.test", format: statuspage }`);
  await writeFile(join(folder, "statuswire.yaml"), `providers: [${entries.join(", ")}]`);
}

function at(minute: number): string {
  return new Date(Date.UTC(2025, 10, 3, 14, minute)).toISOString();
}
