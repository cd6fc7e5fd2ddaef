import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { connect } from "@statuswire/queues";
import {
  type Certificates,
  freePort,
  makeCertificates,
  redisServer,
  type RedisServer,
  tlsSettings,
  waitUntil,
} from "@statuswire/testing";
import { documentedUser, doorOf, post, start, stopAll } from "./up.ts";

const password = "p@ss:w/ord";

let folder: string;
let port: number;
let certificates: Certificates;
let server: RedisServer;
let admin: ReturnType<typeof connect>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sw-own-redis-"));
  certificates = await makeCertificates(folder);
  port = await freePort();
  const plain = await freePort();
  server = await redisServer(
    [
      ...["--port", String(plain), "--save", "", ...tlsSettings(port, certificates)],
      ...["--user", "admin", "on", ">admin", "~*", "&*", "+@all", "--user", "default", "off"],
      ...["--user", ...(await documentedUser("statuswire", password))],
    ],
    process.env,
  );
  admin = connect(`redis://admin:admin@127.0.0.1:${plain}`, "worker");
  admin.on("error", () => undefined);
  await waitUntil("Redis to stand", () => admin.ping());
}, 120_000);
afterEach(async () => {
  await stopAll();
}, 30_000);
afterAll(async () => {
  admin.disconnect();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe("a Redis of one's own, over TLS, with a user who may do what the documentation says", () => {
  test("carries everything, and refuses only what we can do without", async () => {
    const running = start({ REDIS_URL: url(), NODE_EXTRA_CA_CERTS: certificates.ca });
    const { stdout, stderr } = running;
    const door = await doorOf(running);
    await post(`${door}/webhooks/openai`, "Slow.");
    await post(`${door}/webhooks/nobody`, "For nobody.");
    await waitUntil("the event to be printed", () => stdout().includes("Status: Slow."), 50_000);
    await waitUntil("what nobody can take to be buried", () => stderr().includes("job.buried"), 50_000);
    await waitUntil("the risks to be named", () => stderr().includes("redis.risky"));
    expect(await refusedCommands()).toEqual(["config|get"]);
    expect(stderr()).not.toContain("NOPERM");
  }, 180_000);

  test("is not spoken to when nobody vouches for its certificate", async () => {
    const { stderr } = start({ REDIS_URL: url() });
    await waitUntil("it to be named", () => /self-signed certificate/.test(stderr()), 60_000);
  }, 120_000);
});

/** What Redis has refused to do. */
async function refusedCommands(): Promise<string[]> {
  const entries = (await admin.acl("LOG")) as string[][];
  return [...new Set(entries.map((entry) => entry[entry.indexOf("object") + 1] ?? ""))];
}

function url(): string {
  return `rediss://statuswire:${encodeURIComponent(password)}@127.0.0.1:${port}`;
}
