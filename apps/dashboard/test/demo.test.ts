import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect } from "@jest/globals";
import { closeQueues, connect, openQueues } from "@statuswire/queues";
import { type LocalServer, serve, waitUntil } from "@statuswire/testing";
import type { Browser, Page } from "playwright-core";
import { browserTest, launch, tabTo, visit } from "./open-browser.ts";
import { deadLetter } from "./open-window.ts";

const statuswire = fileURLToPath(new URL("../../cli/dist/main.js", import.meta.url));
const title = "Elevated error rates on Chat Completions";

let browser: Browser | undefined;
let folder: string;
let demo: Demo;
let vendor: LocalServer;

beforeAll(async () => {
  browser = await launch();
  if (!browser) return;
  folder = await mkdtemp(join(tmpdir(), "sw-"));
  [demo, vendor] = await Promise.all([startDemo(), serve(acme)]);
}, 150_000);
afterAll(async () => {
  if (!browser) return;
  await browser.close();
  await Promise.all([demo.stop(), vendor.close()]);
  await rm(folder, { recursive: true, force: true });
}, 30_000);

describe("a visitor of the demo who has only a keyboard", () => {
  let page: Page;

  browserTest(
    "sees an incident appear, opens it and reads on while it unfolds, though the dashboard is killed meanwhile",
    async () => {
      page = await visit(browser, demo.url);
      page.setDefaultTimeout(60_000);
      await page.evaluate("globalThis.isSamePage = true");
      await page.getByRole("link", { name: title, exact: true }).waitFor();
      await tabTo(page, title);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: title, exact: true, level: 1 }).waitFor();
      await page.getByText("Degraded performance due to upstream issue.").first().waitFor();
      process.kill(await demo.dashboardPid(), "SIGKILL");
      await page.getByText("This dashboard lost contact with the server").waitFor();
      await page.getByText("Live", { exact: true }).waitFor();
      await page.getByText("All impacted services have now fully recovered.").first().waitFor();
      expect(await page.evaluate("globalThis.isSamePage")).toBe(true);
    },
    120_000,
  );

  browserTest(
    "adds a provider by its page's address",
    async () => {
      await tabTo(page, "Add");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Watch something else", level: 1 }).waitFor();
      await page.keyboard.press("/");
      await page.keyboard.type(vendor.url);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Acme talks statuspage" }).waitFor();
      await tabTo(page, "Watch Acme");
      await page.keyboard.press("Enter");
      await page.getByText("Acme is watched from now on").waitFor();
      await page.getByRole("heading", { level: 1 }).focus();
      await page.keyboard.press("g");
      await page.keyboard.press("n");
      await page.getByRole("link", { name: "Acme", exact: true }).first().waitFor();
      await waitUntil("the worker to have read the new page", () => acmeIsKnown());
    },
    60_000,
  );

  browserTest(
    "redrives a dead letter",
    async () => {
      await demo.bury();
      await page.getByRole("heading", { level: 1 }).focus();
      await page.keyboard.press("g");
      await page.keyboard.press("d");
      await page.getByRole("button", { name: "Redrive slack: acme", exact: true }).waitFor();
      await tabTo(page, "Redrive slack: acme");
      await page.keyboard.press("Enter");
      await page.getByRole("dialog").waitFor();
      await tabTo(page, "Redrive");
      await page.keyboard.press("Enter");
      await page.getByText("slack: acme is back on its queue.").waitFor();
    },
    60_000,
  );
});

interface Demo {
  url: string;
  /** Of the dashboard that runs now. */
  dashboardPid(): Promise<number>;
  bury(): Promise<void>;
  stop(): Promise<void>;
}

/** What `npm run demo` runs, on free ports and with its folders in ours. */
async function startDemo(): Promise<Demo> {
  const ports = { INGEST_PORT: "0", DASHBOARD_PORT: String(await freePort()), WORKER_PORT: "0" };
  const env = { ...process.env, ...ports, TMPDIR: folder, STATUSWIRE_NO_INSTALL: "1" };
  const child = spawn(process.execPath, [statuswire, "up", "--demo"], {
    env,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (log += text));
  const url = `http://127.0.0.1:${ports.DASHBOARD_PORT}`;
  await waitUntil("the demo to run", () => log.includes("Ctrl-C stops everything"), 120_000);
  return {
    url,
    dashboardPid: () => Promise.resolve(pidIn(log)),
    bury: () => bury(),
    async stop() {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

// The newest one that said so: it is started anew after a death.
function pidIn(log: string): number {
  const started = [...log.matchAll(/^\{.*"happening":"process.started".*\}$/gm)].map(
    ([line]) => JSON.parse(line) as { service: string; pid: number },
  );
  return started.findLast(({ service }) => service === "dashboard")?.pid ?? 0;
}

// The dashboard comes back on the port where the page looks for it.
async function freePort(): Promise<number> {
  const server = await serve(() => undefined);
  await server.close();
  return server.port;
}

async function bury(): Promise<void> {
  const [stage = ""] = (await readdir(folder)).filter((name) => name.startsWith("statuswire-demo-"));
  const redis = connect(join(folder, stage, "redis", "redis.sock"), "worker");
  const queues = openQueues(redis);
  const letter = deadLetter();
  await queues["dead-letters"].add(letter.error, letter, { jobId: "grave" });
  await closeQueues(queues);
  redis.disconnect();
}

async function acmeIsKnown(): Promise<boolean> {
  const answer = await fetch(`${demo.url}/api/v1/components`);
  const { components } = (await answer.json()) as { components: { name: string }[] };
  return components.some(({ name }) => name === "Acme API");
}

const at = "2025-11-03T14:32:00.000Z";

/** A page nobody has heard of. */
const acme: Parameters<typeof serve>[0] = (request, response) => {
  if (request.url !== "/api/v2/summary.json") {
    response.writeHead(404).end();
    return;
  }
  const component = { id: "api", name: "Acme API", status: "operational", updated_at: at, created_at: at };
  const page = { id: "abcdefghijkl", name: "Acme", url: "https://status.acme.test", updated_at: at };
  const status = { indicator: "none", description: "All Systems Operational" };
  response.end(
    JSON.stringify({ page, status, components: [component], incidents: [], scheduled_maintenances: [] }),
  );
};
