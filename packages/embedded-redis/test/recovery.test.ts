import { appendFile, readdir, truncate, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { startEmbeddedRedis, type EmbeddedRedis } from "../src/index.ts";
import { ask, folder, means } from "./harness.ts";

let place: Awaited<ReturnType<typeof folder>>;
let redis: EmbeddedRedis | undefined;
let reported: string[] = [];

beforeEach(async () => {
  place = await folder();
  reported = [];
});
afterEach(async () => {
  await redis?.stop();
  redis = undefined;
  await place.remove();
});

describe("what a crash left behind", () => {
  test("is no obstacle: a socket that nobody listens on", async () => {
    await deadSocket(join(place.path, "redis.sock"));
    await expect(answer()).resolves.toBe("+PONG\r\n");
  });

  test("is no obstacle: the mark of a starter that has died", async () => {
    await writeFile(join(place.path, "starting-4194304-17-0c8f2a34"), "");
    await expect(answer()).resolves.toBe("+PONG\r\n");
  });

  test("is no obstacle: the mark of a starter whose pid is used again", async () => {
    await writeFile(join(place.path, `starting-${process.pid}-1-0c8f2a34`), "");
    await expect(answer()).resolves.toBe("+PONG\r\n");
  });

  test("is no obstacle: the record of a server whose pid is used again", async () => {
    await writeFile(join(place.path, "redis.owner"), `${process.pid}-1 ${process.pid}-1 3f2a\n`);
    await expect(answer()).resolves.toBe("+PONG\r\n");
  });

  test("is no obstacle: half a record", async () => {
    await writeFile(join(place.path, "redis.owner"), `${process.pid}-`);
    await expect(answer()).resolves.toBe("+PONG\r\n");
  });

  test("loses only the command that was cut short in the append-only file", async () => {
    const file = await appendOnlyFileWith(["SET first 1", "SET second 2"]);
    await truncate(file, (await stat(file)).size - 5);
    await start();
    await expect(ask(join(place.path, "redis.sock"), "KEYS *")).resolves.toBe("*1\r\n$5\r\nfirst\r\n");
    expect(reported).toEqual([
      expect.stringMatching(/Redis has cut the end of .*incr\.aof in .*, from byte \d+ on/),
    ]);
  });

  test("is not spoken of when nothing was cut", async () => {
    await appendOnlyFileWith(["SET first 1"]);
    await start();
    expect(reported).toEqual([]);
  });

  test("is explained in Redis's own words when the append-only file is damaged", async () => {
    await appendFile(await appendOnlyFileWith(["SET first 1"]), "*3\r\nnonsense\r\n*1\r\n$4\r\nPING\r\n");
    await expect(start()).rejects.toThrow(/Redis ended with code 1[^]*redis-check-aof --fix/);
  });
});

async function start(): Promise<EmbeddedRedis> {
  redis = await startEmbeddedRedis({ dataDir: place.path, ...means, report: (line) => void reported.push(line) });
  return redis;
}

async function answer(): Promise<string> {
  return ask((await start()).socketPath, "PING");
}

/** A socket file as a killed server leaves it: closing it properly would remove it. */
async function deadSocket(path: string): Promise<void> {
  const { spawnSync } = await import("node:child_process");
  spawnSync(process.execPath, [
    "-e",
    `require("net").createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, "SIGKILL"))`,
  ]);
}

async function appendOnlyFileWith(commands: string[]): Promise<string> {
  const { socketPath, stop } = await start();
  for (const command of commands) await ask(socketPath, command);
  await stop();
  const folder = join(place.path, "appendonlydir");
  const name = (await readdir(folder)).find((name) => name.endsWith(".incr.aof"));
  return join(folder, name ?? "missing");
}
