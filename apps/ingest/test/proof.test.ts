import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { waitUntil } from "@statuswire/testing";
import { type Door, openDoor } from "./door.ts";
import { type Wish, writeWish } from "./wish.ts";

const token = "canary-0123456789abcdef";
const text = `
providers:
  - id: github
    verify: { scheme: github, secret: [the-old-one-of-github, the-new-one-of-github] }
  - id: slack
    verify: { scheme: slack, secret: canary-secret-of-slack }
  - id: cloudflare
    verify: { scheme: token, in: path, secret: ${token} }
  - id: discord
    verify: none
  - id: openai
    verify: { scheme: standard-webhooks, secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw }
`;

const told: unknown[] = [];
let wish: Wish;
let door: Door;

beforeAll(async () => {
  wish = await writeWish(text);
  const env = { STATUSWIRE_CONFIG: wish.path, INGEST_INSECURE: "0" };
  door = await openDoor(env, (...said) => told.push(said));
});
afterAll(async () => {
  await door.close();
  await wish.remove();
});

describe("what is queued", () => {
  test("says whether its sender has proved nothing", async () => {
    const believing = await openDoor({ STATUSWIRE_CONFIG: wish.path, INGEST_INSECURE: "1" });
    await believing.post("github", '{"a":1}', signed('{"a":1}', "the-new-one-of-github"));
    await believing.post("discord", '{"a":2}');
    const queued = await believing.queued();
    await believing.close();
    const unproven = queued.filter(({ isUnproven }) => isUnproven).map(({ provider }) => provider);
    expect([queued.length, unproven]).toEqual([2, ["discord"]]);
  });
});

describe("a provider whose webhooks are signed", () => {
  test.each(["the-old-one-of-github", "the-new-one-of-github"])(
    "is heard with any of its secrets: %s",
    async (secret) => {
      expect((await door.post("github", "{}", signed("{}", secret))).status).toBe(202);
    },
  );

  test.each([
    ["with another secret", signed("{}", "another")],
    ["for another body", signed("{ }", "the-new-one-of-github")],
    ["with no signature", {}],
    ["with a signature of 10 kB", { "x-hub-signature-256": `sha256=${"0".repeat(10_000)}` }],
  ])("is not heard %s, and told nothing more", async (_how, headers) => {
    const response = await door.post("github", "{}", headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      title: "unauthorized",
      status: 401,
      detail: "This webhook does not prove who sent it.",
    });
  });

  test("is not heard with a token in the path", async () => {
    expect((await door.post("github/token", "{}", signed("{}", "the-new-one-of-github"))).status).toBe(404);
  });

  test("is heard with what Standard Webhooks need, and not a second time later on", async () => {
    const late = { "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330" };
    const headers = { ...late, "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=" };
    expect((await door.post("openai", '{"test": 2432232314}', headers)).status).toBe(401);
  });

  test("leaves word of what was refused in the log, for who runs this", () => {
    expect(told).toContainEqual(["webhook.refused", { provider: "github", proof: "wrong" }]);
    expect(told).toContainEqual(["webhook.refused", { provider: "openai", proof: "late" }]);
  });
});

describe("a provider with a token in its path", () => {
  test.each([
    [`cloudflare/${token}`, 202],
    [`cloudflare/${token}x`, 401],
    ["cloudflare", 401],
  ])("at /webhooks/%s is answered %i", async (path, status) => {
    expect((await door.post(path, "{}")).status).toBe(status);
  });

  test("leaves it in no log, no job, no figure", async () => {
    const figures = await (await fetch(`${door.url}/metrics`)).text();
    expect(JSON.stringify([told, await door.queued()]) + figures).not.toContain("canary");
  });
});

describe("a provider that proves nothing, where strangers can send", () => {
  test.each(["discord", "nobody-knows"])("%s is as unknown as any address", async (provider) => {
    const [theirs, other] = [
      await door.post(provider, "{}"),
      await fetch(`${door.url}/other`, { method: "POST" }),
    ];
    expect([theirs.status, other.status]).toEqual([404, 404]);
    expect(await theirs.text()).toBe(await other.text());
  });
});

describe("a sender that asks whether we are there", () => {
  const challenge = JSON.stringify({ type: "url_verification", challenge: "3eZbrw1aB" });

  test("is answered, once it has proven who it is", async () => {
    const response = await door.post("slack", challenge, signedAsSlack(challenge));
    expect([response.status, await response.json()]).toEqual([200, { challenge: "3eZbrw1aB" }]);
  });

  test("is not before", async () => {
    expect((await door.post("slack", challenge)).status).toBe(401);
  });

  test("is not queued", async () => {
    await door.redis.connect().flushall();
    await door.post("github", "{}", { ...signed("{}", "the-new-one-of-github"), "x-github-event": "ping" });
    expect(await door.queued()).toEqual([]);
  });
});

describe("a configuration that changes", () => {
  test("is in force without a restart; one with mistakes never is", async () => {
    await wish.become(text.replace("the-new-one-of-github", "the-newest-one-of-github"));
    const post = async () => (await door.post("github", "{}", signed("{}", "the-newest-one-of-github"))).status;
    await waitUntil("the new secret to be in force", async () => (await post()) === 202);
    await wish.become("providers: nonsense");
    await waitUntil("the mistake to be told", () => JSON.stringify(told).includes("config.rejected"));
    expect(await post()).toBe(202);
  });
});

function signed(body: string, secret: string): Record<string, string> {
  return { "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` };
}

function signedAsSlack(body: string): Record<string, string> {
  const time = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", "canary-secret-of-slack").update(`v0:${time}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": time, "x-slack-signature": `v0=${signature}` };
}
