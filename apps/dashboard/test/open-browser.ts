import { waitUntil } from "@statuswire/testing";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, jest, test } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const isBuilt = existsSync(fileURLToPath(new URL("../dist/web/manifest.json", import.meta.url)));

if (!executablePath) process.stderr.write("No Chromium on this machine: the page's browser tests are skipped.\n");
if (!isBuilt) process.stderr.write("The page is not built (pnpm build): its browser tests are skipped.\n");

// A browser takes its time on a busy machine.
jest.setTimeout(90_000);

/** A test that needs a browser and the built page; skipped, aloud, without them. */
export const browserTest: typeof test.skip = executablePath && isBuilt ? test : test.skip;

/** Chromium without a window. The sandbox needs rights that a container does not give; only our own page is opened. */
export async function launch(): Promise<Browser | undefined> {
  return executablePath && isBuilt ? chromium.launch({ executablePath, args: ["--no-sandbox"] }) : undefined;
}

interface Screen {
  width?: number;
  height?: number;
  colorScheme?: "light" | "dark";
  timezoneId?: string;
}

/** Opens an address as a visitor of their own would. Without motion: axe must not measure a colour on its way to another. */
export async function visit(browser: Browser | undefined, url: string, screen: Screen = {}): Promise<Page> {
  if (!browser) throw new Error("There is no browser.");
  const { width = 1280, height = 900, colorScheme = "light", timezoneId = "UTC" } = screen;
  const look = { colorScheme, timezoneId, reducedMotion: "reduce", locale: "en-US" } as const;
  const context = await browser.newContext({ viewport: { width, height }, ...look });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  await page.goto(url);
  return page;
}

interface Finding {
  id: string;
  nodes: { html: string }[];
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Fails when axe finds anything on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Read as text, because the page's policy lets no foreign script in.
  const { readFile } = await import("node:fs/promises");
  await page.evaluate(await readFile(axe, "utf8"));
  // A colour on its way to another has neither's contrast.
  await waitUntil("colours to be what they will be", () =>
    page.evaluate<boolean>(
      "document.getAnimations().every(({ playState, effect }) => playState !== 'running' || effect.getTiming().iterations === Infinity)",
    ),
  );
  const { violations } = await page.evaluate<{ violations: Finding[] }>("axe.run()");
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
}

/** Presses Tab until what is called so has the focus. */
export async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press("Tab");
    if ((await focused(page)) === name) return;
  }
  throw new Error(`Eighty Tabs do not reach "${name}".`);
}

/** What has the focus, by the name that it is given or the text that it shows. */
export async function focused(page: Page): Promise<unknown> {
  return page.evaluate("document.activeElement.ariaLabel ?? document.activeElement.textContent");
}
