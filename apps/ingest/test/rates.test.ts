import { createHmac } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { openQueues } from "@statuswire/queues";
import { waitUntil } from "@statuswire/testing";
import { network } from "@statuswire/service";
import { type Door, openDoor } from "./door.ts";
import { type Wish, writeWish } from "./wish.ts";

const doors: Door[] = [];

afterEach(async () => {
  for (const door of doors.splice(0).reverse()) await door.close();
});

describe("requests per provider", () => {
  test("are counted for all replicas together; beyond is 429, and when to come again", async () => {
    const [one, other] = await twoOnOneRedis({ INGEST_RATE_PER_PROVIDER: "4" });
    const answers = await sendEach([one, other, one, other, one, other], "openai");
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 202, 429, 429]);
    const refused = answers.find(({ status }) => status === 429);
    expect(Number(refused?.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(Number(refused?.headers.get("retry-after"))).toBeLessThanOrEqual(15);
    expect(await refused?.json()).toMatchObject({ title: "too_many_requests", status: 429 });
  });

  test("leave other providers alone", async () => {
    const door = await open({ INGEST_RATE_PER_PROVIDER: "1" });
    await sendEach([door, door], "openai");
    expect((await door.post("discord", "{}")).status).toBe(202);
  });
});

describe("requests that prove who sent them", () => {
  const secret = "canary-secret-of-github";
  const signature = `sha256=${createHmac("sha256", secret).update("{}").digest("hex")}`;
  const genuine = { "x-hub-signature-256": signature };
  let wish: Wish;

  beforeAll(async () => {
    wish = await writeWish(`providers: [{ id: github, verify: { scheme: github, secret: ${secret} } }]`);
  });
  afterAll(() => wish.remove());

  test("have a budget of their own: strangers spend another", async () => {
    const door = await open({ STATUSWIRE_CONFIG: wish.path, INGEST_RATE_PER_PROVIDER: "2" });
    const strangers = await sendEach([door, door, door], "github");
    expect(strangers.map(({ status }) => status)).toEqual([401, 401, 429]);
    const sent = [1, 2, 3].map(() => door.post("github", "{}", genuine));
    expect((await Promise.all(sent)).map(({ status }) => status).sort()).toEqual([202, 202, 429]);
  });

  test("leave the budget of others alone, which may be smaller", async () => {
    const rates = { INGEST_RATE_PER_PROVIDER: "2", INGEST_RATE_PER_PROVIDER_UNVERIFIED: "1" };
    const door = await open({ STATUSWIRE_CONFIG: wish.path, ...rates });
    await door.post("github", "{}", genuine);
    await door.post("github", "{}", genuine);
    const strangers = await sendEach([door, door], "github");
    expect(strangers.map(({ status }) => status)).toEqual([401, 429]);
  });
});

describe("requests per address", () => {
  test("are counted over all providers, by what the trusted proxy says", async () => {
    const door = await open({ INGEST_RATE_PER_ADDRESS: "2", INGEST_TRUSTED_PROXIES: "1" });
    const from = (address: string, provider: string) =>
      door.post(provider, "{}", { "x-forwarded-for": `6.6.6.6, ${address}` });
    expect([(await from("1.2.3.4", "a")).status, (await from("1.2.3.4", "b")).status]).toEqual([202, 202]);
    expect([(await from("1.2.3.4", "c")).status, (await from("1.2.3.5", "c")).status]).toEqual([429, 202]);
  });

  test("are not counted by what a stranger claims", async () => {
    const door = await open({ INGEST_RATE_PER_ADDRESS: "1" });
    await door.post("openai", "1", { "x-forwarded-for": "1.2.3.4" });
    expect((await door.post("openai", "2", { "x-forwarded-for": "1.2.3.5" })).status).toBe(429);
  });

  test("are not refused because Redis is away: they are 503", async () => {
    const door = await open({ INGEST_RATE_PER_ADDRESS: "1" });
    await door.redis.crash();
    const answers = await sendEach([door, door], "openai");
    expect(answers.map(({ status }) => status)).toEqual([503, 503]);
  });

  test.each([
    ["1.2.3.4", "1.2.3.4"],
    ["::ffff:1.2.3.4", "1.2.3.4"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2"],
    ["2001:db8::6", "2001:db8:0:0"],
    ["2001:db8:1:2::", "2001:db8:1:2"],
    ["::1", "0:0:0:0"],
  ])("are those of a whole network: %s is of %s", (address, expected) => {
    expect(network(address)).toBe(expected);
  });
});

describe("a queue that is too deep", () => {
  test("lets nothing more in, until it is worked off", async () => {
    const door = await open({ INGEST_MAX_QUEUE_DEPTH: "1" });
    let n = 0;
    const next = async () => (await door.post("openai", String(n++))).status;
    await waitUntil("a refusal", async () => (await next()) === 503);
    await openQueues(door.redis.connect()).of("openai").observations.drain();
    await waitUntil("to be let in again", async () => (await next()) === 202);
  });
});

async function open(env: Record<string, string>): Promise<Door> {
  const door = await openDoor(env);
  doors.push(door);
  return door;
}

async function twoOnOneRedis(env: Record<string, string>): Promise<[Door, Door]> {
  const one = await open(env);
  const other = await open({ ...env, REDIS_URL: one.redis.path });
  return [one, other];
}

async function sendEach(through: readonly Door[], provider: string): Promise<Response[]> {
  const answers: Response[] = [];
  for (const [index, door] of through.entries()) answers.push(await door.post(provider, String(index)));
  return answers;
}
