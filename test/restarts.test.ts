import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";
import { doorOf, post, start, stopAll } from "./up.ts";

let folder: string;
let embedded: NodeJS.ProcessEnv;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sw-restarts-"));
  embedded = { REDIS_URL: "", STATUSWIRE_DATA: folder, STATUSWIRE_NO_INSTALL: "1" };
});
afterEach(async () => {
  await stopAll();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe("what dies while everything runs", () => {
  test("is started again: the embedded Redis", async () => {
    const running = start(embedded);
    const door = await doorOf(running);
    await post(`${door}/webhooks/openai`, "Slow.");
    await waitUntil("the first to be printed", () => running.stdout().includes("Status: Slow."), 60_000);
    process.kill(Number.parseInt(await readFile(join(folder, "redis.owner"), "utf8"), 10), "SIGKILL");
    await waitUntil("its end to be noticed", () => running.stderr().includes("child.restarted"));
    await post(`${door}/webhooks/openai`, "Slower.");
    await waitUntil("the next to be printed", () => running.stdout().includes("Status: Slower."), 60_000);
    expect(running.stdout().match(/^Status: Slow\.$/gm)).toHaveLength(1);
  }, 240_000);

  test.each(["ingest", "worker", "dashboard"])(
    "is started again: %s, before it was ever ready",
    async (app) => {
      const running = start(embedded);
      const pid = await waitUntil(`${app} to be there`, () => childPid(running.pid, app), 60_000);
      process.kill(pid, "SIGKILL");
      await doorOf(running);
      expect(await childPid(running.pid, app)).not.toBe(pid);
    },
    120_000,
  );
});

describe("what cannot start", () => {
  test("has its reason in the last line", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const running = start({ ...embedded, INGEST_PORT: String(port) });
    expect(await running.exited).toBe(1);
    await waitUntil("the last line", () => running.stderr().includes("could not start"));
    expect(running.stderr().trimEnd().split("\n").at(-1)).toBe(
      `statuswire: ingest could not start: Port ${port} is taken. Set INGEST_PORT to a free one, or stop what listens there.`,
    );
    server.close();
  }, 120_000);
});

/** The process of one of our apps that another process has started. */
async function childPid(parent: number, app: string): Promise<number | undefined> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, "utf8").catch(() => "");
    const isChild = (await read("status")).includes(`\nPPid:\t${parent}\n`);
    if (isChild && (await read("cmdline")).includes(`apps/${app}/dist/main.js`)) return Number(pid);
  }
  return undefined;
}
