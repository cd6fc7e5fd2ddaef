import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createConnection } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startEmbeddedRedis } from "../src/index.ts";
import { ask, environment, folder, isAlive, means, until } from "./harness.ts";

let place: Awaited<ReturnType<typeof folder>>;
let owners: ChildProcess[];

beforeEach(async () => {
  place = await folder();
  owners = [];
});
afterEach(async () => {
  await Promise.all(owners.map(end));
  await place.remove();
});

describe("a server", () => {
  test("ends with its owner, even one that is killed", async () => {
    const owner = await startOwner();
    owner.child.kill("SIGKILL");
    await until(() => !isAlive(owner.pid));
  });

  test("is not reached by the Ctrl-C that its owner gets", async () => {
    const owner = await startOwner();
    process.kill(-Number(owner.child.pid), "SIGINT");
    await owner.nextLine();
    // Redis looks ten times a second whether it was told to end; half a second later it would be gone.
    await expect(blockFor(0.5, owner.socketPath)).resolves.toBe("*-1\r\n");
  });

  test("is one, however many start it at once", async () => {
    const all = await Promise.all([startOwner(), startOwner(), startOwner()]);
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1);
    expect(all.map(({ attached }) => attached).sort()).toEqual([false, true, true]);
  });

  test("is one, when asked for several times in the same process", async () => {
    const all = await Promise.all([1, 2, 3].map(() => startEmbeddedRedis({ dataDir: place.path, ...means })));
    expect(new Set(all.map(({ pid }) => pid)).size).toBe(1);
    await Promise.all(all.map((redis) => redis.stop()));
  });

  test("stays up when one that is attached stops, and tells that one when it ends", async () => {
    const owner = await startOwner();
    const guest = await startEmbeddedRedis({ dataDir: place.path, ...means });
    const other = await startEmbeddedRedis({ dataDir: place.path, ...means });
    await guest.stop();
    await expect(ask(owner.socketPath, "PING")).resolves.toBe("+PONG\r\n");
    await end(owner.child);
    await expect(other.exited).resolves.toEqual({ code: undefined });
  });
});

describe("a server whose owner was killed a moment ago", () => {
  test("is not joined: a new one takes its place, with its data", async () => {
    const owner = await startOwner();
    await ask(owner.socketPath, "SET kept yes");
    owner.child.kill("SIGKILL");
    const redis = await startEmbeddedRedis({ dataDir: place.path, ...means });
    expect({ attached: redis.attached, isNew: redis.pid !== owner.pid }).toEqual({ attached: false, isNew: true });
    await expect(ask(redis.socketPath, "GET kept")).resolves.toContain("yes");
    await redis.stop();
  });
});

interface Owner {
  child: ChildProcess;
  pid: number;
  attached: boolean;
  socketPath: string;
  nextLine(): Promise<string>;
}

async function startOwner(): Promise<Owner> {
  const script = fileURLToPath(new URL("./owner.mjs", import.meta.url));
  const child = spawn(process.execPath, [script, place.path], {
    detached: true,
    env: environment(),
    stdio: ["ignore", "pipe", "inherit"],
  });
  owners.push(child);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const nextLine = async () => String((await lines.next()).value);
  return { child, nextLine, ...(JSON.parse(await nextLine()) as Omit<Owner, "child" | "nextLine">) };
}

/** The reply to a wait for something that never comes: nil, or "closed" when the server went away meanwhile. */
async function blockFor(seconds: number, socketPath: string): Promise<string> {
  const socket = createConnection(socketPath);
  socket.write(`BLPOP nothing ${seconds}\r\n`);
  const closed = once(socket, "close").then(() => ["closed"]);
  const [reply]: unknown[] = await Promise.race([once(socket, "data"), closed]);
  socket.destroy();
  return String(reply);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  await exited;
}
