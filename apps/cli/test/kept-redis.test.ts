import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { findRedis } from "@statuswire/embedded-redis";
import { connect } from "@statuswire/queues";
import { waitUntil } from "@statuswire/testing";
import { createBackOff } from "../src/up/back-off.ts";
import { type KeptRedis, keepRedis } from "../src/up/kept-redis.ts";

let dir: string;
let told: string[];
let kept: KeptRedis | undefined;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "sw-kept-"));
  [told, kept] = [[], undefined];
});
afterEach(async () => {
  await kept?.release();
  await rm(dir, { recursive: true, force: true });
});

describe("the embedded Redis", () => {
  test("is started again when it dies, with what it held, each time", async () => {
    kept = await keep();
    const redis = connect(kept.url, "worker").on("error", () => undefined);
    await redis.set("kept", "yes");
    for (const _time of [1, 2]) {
      const pid = await serverPid();
      process.kill(pid, "SIGKILL");
      await waitUntil("another to run", async () => (await serverPid()) !== pid && (await redis.ping()));
      expect(await redis.get("kept")).toBe("yes");
    }
    expect(told.filter((happening) => happening === "child.restarted")).toHaveLength(2);
    redis.disconnect();
  });

  test("is started again when it is killed before it is first ready", async () => {
    kept = await keep({ STATUSWIRE_REDIS_BIN: await program(`[ -e tried ] || { touch tried; kill -KILL $$; }`) });
    const redis = connect(kept.url, "worker");
    expect(await redis.ping()).toBe("PONG");
    redis.disconnect();
  });

  test("is not started again when its own settings keep it from starting", async () => {
    await expect(keep({ STATUSWIRE_REDIS_BIN: await program("exit 1") })).rejects.toThrow(
      "Redis ended with code 1.",
    );
  });

  test("is given up, with where to look, when it ends again and again", async () => {
    const file = await program("[ ! -e broken ] || exit 1");
    kept = await keep({ STATUSWIRE_REDIS_BIN: file }, 1);
    await writeFile(join(dir, "broken"), "");
    process.kill(await serverPid(), "SIGKILL");
    await expect(kept.failed).rejects.toThrow(`${dir}/redis.log`);
  });

  test("ends when it is let go, also while it is about to be started again", async () => {
    kept = await keep();
    process.kill(await serverPid(), "SIGKILL");
    await waitUntil("its end to be noticed", () => told.includes("child.restarted"));
    await kept.release();
    const redis = connect(kept.url, "reader").on("error", () => undefined);
    await expect(redis.ping()).rejects.toThrow();
    redis.disconnect();
  });
});

function keep(env: NodeJS.ProcessEnv = {}, limit = 10): Promise<KeptRedis> {
  const tell = (happening: string) => void told.push(happening);
  return keepRedis({ env: { ...process.env, ...env }, dir, tell, backOff: createBackOff(limit) });
}

async function serverPid(): Promise<number> {
  return Number.parseInt(await readFile(join(dir, "redis.owner"), "utf8"), 10);
}

/** A Redis server that first does something else, in its data folder. */
async function program(first: string): Promise<string> {
  const { binary } = await findRedis({ env: process.env });
  const file = join(dir, "server.sh");
  const run = `exec ${binary?.argv0 ? `-a ${binary.argv0} ` : ""}${binary?.file ?? ""} "$@"`;
  await writeFile(file, `#!/bin/bash\n[ "$1" = --version ] || { ${first}; }\n${run}\n`);
  await chmod(file, 0o755);
  return file;
}
