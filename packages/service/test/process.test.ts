import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";

const children: ChildProcess[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

describe("a process", () => {
  test("tells its parent where it listens", async () => {
    const { child } = start();
    expect(await once(child, "message")).toMatchObject([{ ready: true, url: expect.stringMatching(/^http:/) }]);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("stops cleanly on %s", async (signal) => {
    const { child, exited } = await started();
    child.kill(signal);
    expect(await exited).toEqual({ code: 0, signal: null });
  });

  test("stops cleanly on a signal that comes twice", async () => {
    const { child, exited } = await started();
    child.kill("SIGTERM");
    child.kill("SIGTERM");
    expect(await exited).toEqual({ code: 0, signal: null });
  });

  test("stops cleanly when its parent is gone", async () => {
    const { child, exited } = await started();
    child.disconnect();
    expect(await exited).toEqual({ code: 0, signal: null });
  });

  test("stops cleanly when its parent went before it could hear of that", async () => {
    const { child, exited } = start();
    child.disconnect();
    expect(await exited).toEqual({ code: 0, signal: null });
  });

  test.each([
    ["cannot start", "cannot-start", "Set TINY_PORT to a free one."],
    ["meets an error that nobody catches", "crashes", "nobody catches me"],
  ])("ends with 1, and says why, when it %s", async (_what, manner, why) => {
    const { exited, log } = start(manner);
    expect(await exited).toEqual({ code: 1, signal: null });
    await waitUntil("the reason to be read", () => log().includes(why));
  });

  test("tells its parent why it cannot start", async () => {
    const { child } = start("cannot-start");
    expect(await once(child, "message")).toMatchObject([
      { failed: "Port 1 is taken. Set TINY_PORT to a free one." },
    ]);
  });

  test.each([
    ["says so when nobody named its Redis", "", true],
    ["says nothing of a Redis that was named", "redis://127.0.0.1:1", false],
  ])("%s", async (_what, url, isSaid) => {
    const { log } = await started("", { REDIS_URL: url });
    expect(log().includes("REDIS_URL is not set")).toBe(isSaid);
  });

  test("ends with 1, and names every variable that is wrong", async () => {
    const { exited, log } = start("", { LOG_LEVEL: "loud", SHUTDOWN_GRACE_SECONDS: "soon" });
    expect(await exited).toEqual({ code: 1, signal: null });
    await waitUntil("the names to be read", () =>
      /LOG_LEVEL.*SHUTDOWN_GRACE|SHUTDOWN_GRACE.*LOG_LEVEL/.test(log()),
    );
  });

  test.each([
    ["takes longer to stop than it may", "never-stops"],
    ["can't stop", "cannot-stop"],
    ["leaves something open behind", "lingers"],
  ])("ends with 1 when it %s", async (_what, manner) => {
    const { child, exited } = await started(manner);
    child.kill("SIGTERM");
    expect(await exited).toEqual({ code: 1, signal: null });
  });
});

describe("a process whose event loop stands still", () => {
  test("ends, and says why", async () => {
    const { exited, log } = await started("hangs", { WATCHDOG_SECONDS: "1" });
    expect(await exited).toEqual({ code: null, signal: "SIGKILL" });
    await waitUntil("the reason to be read", () => log().includes("process.hung"));
  });

  test("goes on when it was stopped as a whole", async () => {
    const { child, exited, log } = await started("", { WATCHDOG_SECONDS: "2" });
    child.kill("SIGSTOP");
    await delay(4_000);
    child.kill("SIGCONT");
    child.kill("SIGTERM");
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(log()).not.toContain("process.hung");
  });
});

function start(manner = "", env: NodeJS.ProcessEnv = {}) {
  const script = fileURLToPath(new URL("tiny.mjs", import.meta.url));
  const child = spawn(process.execPath, [script, manner], {
    env: { ...process.env, SHUTDOWN_GRACE_SECONDS: "3", ...env },
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  children.push(child);
  let log = "";
  child.stderr?.on("data", (chunk: Buffer) => (log += chunk.toString()));
  const exited = once(child, "exit").then(([code, signal]: unknown[]) => ({ code, signal }));
  return { child, exited, log: () => log };
}

async function started(manner?: string, env?: NodeJS.ProcessEnv) {
  const process = start(manner, env);
  await waitUntil("the process to stand", () => process.log().includes("process.started"));
  return process;
}
