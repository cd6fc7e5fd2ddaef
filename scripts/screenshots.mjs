#!/usr/bin/env node
// What `npm run screenshots` runs: the demo, and a browser that takes the README's pictures of it.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = `${root}docs/screenshots`;
const { chromium } = createRequire(`${root}apps/dashboard/package.json`)("playwright-core");
const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  existsSync,
);
const incident = "Elevated error rates on Chat Completions";

if (!executablePath) {
  process.stderr.write("A Chromium is needed. On Debian: apt-get install chromium\n");
  process.exit(1);
}
const demo = await startDemo();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
try {
  await mkdir(folder, { recursive: true });
  for (const scheme of ["light", "dark"]) {
    const page = await open({ scheme, width: 1280, height: 860 });
    await page.getByRole("link", { name: incident }).waitFor();
    await page.getByText("We have identified an upstream networking fault").first().waitFor();
    await take(page, `now-${scheme}`);
  }
  const page = await open({ scheme: "light", width: 1280, height: 860 });
  await page.getByRole("link", { name: incident }).click();
  await page.getByText("We saw it").waitFor();
  await take(page, "incident");
  await page.goto(`${demo.url}/events`);
  await page.locator(".event-lines li").first().waitFor();
  await page.locator("figure canvas").waitFor();
  await take(page, "events");
  await page.goto(`${demo.url}/providers/openai`);
  await page.locator("figure canvas").first().waitFor();
  await page.getByRole("heading", { name: "Over time" }).scrollIntoViewIfNeeded();
  await page.evaluate("scrollTo(0, document.body.scrollHeight)");
  await take(page, "over-time");
  const { providers } = await (await fetch(`${demo.url}/api/v1/providers`)).json();
  await page.goto(`${demo.url}/add?q=${encodeURIComponent(providers.find(({ id }) => id === "openai").page)}`);
  await page.getByRole("button", { name: "Look at this page" }).click();
  await page.getByRole("heading", { name: "OpenAI talks incidentio" }).waitFor();
  await take(page, "add");
  const phone = await open({ scheme: "dark", width: 390, height: 780 });
  await phone.getByRole("link", { name: incident }).waitFor();
  await take(phone, "phone");
} finally {
  await browser.close();
  demo.child.kill("SIGTERM");
  await once(demo.child, "exit");
}

async function open({ scheme, width, height }) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: scheme,
    timezoneId: "UTC",
  });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  await page.goto(demo.url);
  return page;
}

async function take(page, name) {
  await page.screenshot({ path: `${folder}/${name}.png` });
  process.stderr.write(`docs/screenshots/${name}.png\n`);
}

/** Resolves with where its dashboard is, once everything runs. */
async function startDemo() {
  const env = { ...process.env, INGEST_PORT: "0", DASHBOARD_PORT: "0", WORKER_PORT: "0", TZ: "UTC" };
  const script = `${root}apps/cli/dist/main.js`;
  const child = spawn(process.execPath, [script, "up", "--demo"], { env, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  for await (const text of child.stderr.iterator({ destroyOnReturn: false })) {
    log += text;
    const [, url] = /Dashboard\s+(\S+)/.exec(log) ?? [];
    if (url && log.includes("Ctrl-C stops everything")) {
      child.stderr.resume();
      return { child, url };
    }
  }
  throw new Error(`The demo could not start:\n${log}`);
}
