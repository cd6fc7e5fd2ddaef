import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import {
  type Guard,
  makeCertificates,
  type ReplicatedRedis,
  startCluster,
  startSentinels,
  waitUntil,
} from "@statuswire/testing";
import { documentedUser, doorOf, post, start, stopAll } from "./up.ts";

const password = "p@ss:w/ord";
const sentinelPassword = "wh0+is&it";
const login = `rediss+$1://statuswire:${encodeURIComponent(password)}@`;
const sentinelLogin = `?sentinelUsername=asking&sentinelPassword=${encodeURIComponent(sentinelPassword)}`;

let folder: string;
let guard: Guard;
let servers: ReplicatedRedis;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sw-own-replicas-"));
  guard = {
    certificates: await makeCertificates(folder),
    password: "among-themselves",
    user: [...(await documentedUser("statuswire", password)), "+cluster|keyslot", "+cluster|nodes"],
    sentinelUser: await documentedUser("asking", sentinelPassword),
  };
}, 60_000);
afterEach(async () => {
  await stopAll();
  await servers.stop();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe.each([
  ["sentinels", startSentinels, sentinelLogin],
  ["nodes of a cluster", startCluster, ""],
])("servers of one's own that want TLS and passwords, named by %s", (_whom, startServers, more) => {
  test("carry on with a replica when their master is gone", async () => {
    servers = await startServers(process.env, guard);
    const url = servers.url.replace(/^redis\+(\w+):\/\//, login) + more;
    const running = start({ REDIS_URL: url, NODE_EXTRA_CA_CERTS: guard.certificates.ca });
    const door = await doorOf(running);
    await post(`${door}/webhooks/openai`, "Slow.");
    await waitUntil("the event to be printed", () => running.stdout().includes("Status: Slow."), 30_000);

    process.kill(servers.master.pid, "SIGKILL");
    await post(`${door}/webhooks/openai`, "Slower.");
    await waitUntil("the next to be printed", () => running.stdout().includes("Status: Slower."), 60_000);
    expect(running.stderr()).not.toMatch(/NOPERM|WRONGPASS|NOAUTH/);
  }, 240_000);
});
