import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { parseConfig } from "@statuswire/config";
import { createHealths, type Healths } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, expectAccessible, launch, visit } from "./open-browser.ts";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

const noon = Date.UTC(2026, 2, 1, 12);
const { sinks } = parseConfig(
  "sinks: { team: { kind: ntfy, topic: t }, archive: { kind: file, path: /tmp/a } }",
  {},
);

let server: FreshRedis;
let browser: Browser | undefined;
let window: OpenWindow;
let healths: Healths;
let page: Page | undefined;

beforeAll(async () => {
  [server, browser] = await Promise.all([freshRedis(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});
beforeEach(async () => {
  window = await openTestWindow(server, ["acme"], {}, sinks);
  healths = createHealths(server.connect());
});
afterEach(async () => {
  await page?.context().close();
  page = undefined;
  await window.close();
});

describe("a sink at which no event arrives", () => {
  test("is named by the API, with since when and why", async () => {
    await healths.refused("team", noon, "ntfy knows no such topic.");
    expect(await window.json("/api/v1/sinks")).toEqual({
      sinks: [
        {
          ...{ name: "team", kind: "ntfy", order: "latest", state: "failing", failures: 0, refusals: 1 },
          ...{ since: "2026-03-01T12:00:00.000Z", reason: "ntfy knows no such topic." },
        },
        { name: "archive", kind: "file", order: "all", state: "ok", failures: 0, refusals: 0 },
      ],
    });
  });

  test("is named as disabled once it is", async () => {
    await healths.condemn("team", { reason: "it says that it is gone for good", seq: "1-0" });
    await healths.disable("team", noon);
    const { sinks: shown } = (await window.json("/api/v1/sinks")) as { sinks: unknown[] };
    expect(shown).toMatchObject([{ state: "disabled", reason: "it says that it is gone for good" }, {}]);
  });

  test("is a figure for Prometheus", async () => {
    await healths.refused("team", noon, "no");
    const figures = await (await window.get("/metrics")).text();
    expect(figures).toContain('statuswire_sink_failing{sink="team"} 1');
    expect(figures).toContain('statuswire_sink_failing{sink="archive"} 0');
  });

  test("is told of by each page without a script, too", async () => {
    expect(await (await window.get("/events")).text()).not.toContain("Alerts do not arrive");
    await healths.refused("team", noon, "<b>no</b>");
    for (const path of ["/", "/events", "/deliveries", "/providers/acme"]) {
      const html = await (await window.get(path)).text();
      expect(html).toContain("<strong>Alerts do not arrive</strong> at team. &#60;b&#62;no&#60;/b&#62;");
    }
  });

  browserTest("is told of on every page, and by a badge, until it takes one", async () => {
    await healths.refused("team", noon, "ntfy knows no such topic.");
    page = await visit(browser, `${window.url}/`);
    for (const path of ["/", "/events", "/deliveries", "/providers/acme"]) {
      await page.goto(`${window.url}${path}`);
      await page.getByText("Alerts do not arrive.").waitFor();
      await page.getByText("ntfy knows no such topic.").waitFor();
      expect(await page.locator("nav .badge").innerText()).toBe("1");
    }
    await page.goto(`${window.url}/`);
    await page.getByText("Alerts do not arrive.").waitFor();
    await expectAccessible(page);
    await healths.succeeded("team");
    await page.goto(`${window.url}/`);
    await page.getByText("Live", { exact: true }).waitFor();
    expect(await page.getByText("Alerts do not arrive.").count()).toBe(0);
  });
});
