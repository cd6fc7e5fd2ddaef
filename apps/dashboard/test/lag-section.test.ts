import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { createLags, lagBucketOf } from "@statuswire/store";
import { freshRedis, type FreshRedis } from "@statuswire/testing";
import type { Browser } from "playwright-core";
import { browserTest, expectAccessible, launch, visit } from "./open-browser.ts";
import { component, openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let window: OpenWindow;
let browser: Browser | undefined;

beforeAll(async () => {
  server = await freshRedis();
  window = await openTestWindow(server, ["acme"]);
  const at = new Date().toISOString();
  await window.tell("acme", { at, components: [component("API", "operational", at)] });
  const of = { provider: "acme", count: 20 };
  await createLags(server.connect()).count(
    [
      { ...of, step: "seen", sink: "", bucket: lagBucketOf(30_000) },
      { ...of, step: "seen", sink: "", bucket: lagBucketOf(600_000), count: 2 },
      { ...of, step: "delivered", sink: "team", bucket: lagBucketOf(200) },
    ],
    Date.now(),
  );
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await window.close();
  await server.stop();
});

describe.each(["light", "dark"] as const)("lag on the page, %s", (colorScheme) => {
  browserTest("is told of a provider, until seen and until each sink has it", async () => {
    const page = await visit(browser, `${window.url}/providers/acme`, { colorScheme });
    const table = page.getByRole("region", { name: "How long events took" });
    await table.waitFor();
    expect(await table.locator("tbody tr").allInnerTexts()).toEqual([
      expect.stringMatching(/^Vendor to us\s+22\s+\d\d\ss\s+\d+\smin\s+22\s+\d\d\ss\s+\d+\smin$/),
      expect.stringMatching(/^Us to team\s+20\s+\d+\sms\s+\d+\sms\s+20\s+\d+\sms\s+\d+\sms$/),
    ]);
    await expectAccessible(page);
  });

  browserTest("is told of each sink among the deliveries", async () => {
    const page = await visit(browser, `${window.url}/deliveries`, { colorScheme });
    const table = page.getByRole("region", { name: "How long events took" });
    await table.getByText("Us to team").waitFor();
    expect(await table.locator("tbody tr").count()).toBe(2);
  });
});

test("the page says when there is nothing to tell", async () => {
  expect(await window.json("/api/v1/lag?provider=nobody")).toEqual({ lags: [] });
});
