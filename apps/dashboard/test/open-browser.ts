import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { type Browser, chromium, type Page } from "playwright-core";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const isBuilt = existsSync(fileURLToPath(new URL("../dist/web/manifest.json", import.meta.url)));

if (!executablePath) process.stderr.write("No Chromium on this machine: the page's browser tests are skipped.\n");
if (!isBuilt) process.stderr.write("The page is not built (pnpm build): its browser tests are skipped.\n");

/** A test that needs a browser and the built page; skipped, aloud, without them. */
export const browserTest: typeof test.skip = executablePath && isBuilt ? test : test.skip;

/** Chromium without a window. The sandbox needs rights that a container does not give; only our own page is opened. */
export async function launch(): Promise<Browser | undefined> {
  return executablePath && isBuilt ? chromium.launch({ executablePath, args: ["--no-sandbox"] }) : undefined;
}

interface Finding {
  impact?: string;
  id: string;
  nodes: { html: string }[];
}

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Fails when axe finds something serious or critical on the page as it is now. */
export async function expectAccessible(page: Page): Promise<void> {
  // Read as text, because the page's policy lets no foreign script in.
  const { readFile } = await import("node:fs/promises");
  await page.evaluate(await readFile(axe, "utf8"));
  const { violations } = await page.evaluate<{ violations: Finding[] }>("axe.run()");
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`)).toEqual([]);
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
