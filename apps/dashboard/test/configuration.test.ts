import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { freshRedis, type FreshRedis, waitUntil } from "@statuswire/testing";
import type { Browser } from "playwright-core";
import { browserTest, expectAccessible, launch, visit } from "./open-browser.ts";
import { openTestWindow, type OpenWindow } from "./open-window.ts";

let server: FreshRedis;
let browser: Browser | undefined;
let window: OpenWindow;
let folder: string;
let file: string;

beforeAll(async () => {
  [server, browser] = await Promise.all([freshRedis(), launch()]);
});
afterAll(async () => {
  await browser?.close();
  await server.stop();
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "statuswire-test-"));
  file = join(folder, "statuswire.yaml");
  await writeFile(file, "providers: [openai]");
  window = await openTestWindow(server, [], { STATUSWIRE_CONFIG: file });
});
afterEach(async () => {
  await window.close();
  await rm(folder, { recursive: true });
});

describe("a configuration file that is rejected", () => {
  test("is reported with every mistake until it is corrected", async () => {
    expect(await window.json("/api/v1/configuration")).toEqual({ isInForce: true, problems: [] });
    await writeFile(file, "providers: [opnai]\ninsecure: perhaps");
    await waitUntil("it to be rejected", async () => !(await isInForce()));
    expect(await window.json("/api/v1/configuration")).toMatchObject({
      problems: [
        { line: 1, path: "providers[0]", message: expect.stringContaining('Did you mean "openai"?') },
        { line: 2, path: "insecure" },
      ],
    });
    await writeFile(file, "providers: [openai]\ninsecure: false");
    await waitUntil("it to be in force", isInForce);
  });

  browserTest("is on every page, with what is wrong", async () => {
    await writeFile(file, "providers: [opnai]");
    await waitUntil("it to be rejected", async () => !(await isInForce()));
    const page = await visit(browser, `${window.url}/events`);
    await page.getByText("The configuration file has mistakes.").waitFor();
    await page.getByText('Line 1, column 13: No known service is called "opnai".').waitFor();
    await expectAccessible(page);
    await page.context().close();
  });
});

async function isInForce(): Promise<boolean> {
  return ((await window.json("/api/v1/configuration")) as { isInForce: boolean }).isInForce;
}
