import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Door, openDoor } from "./door.ts";

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
beforeEach(() => door.redis.connect().flushall());
afterAll(() => door.close());

describe("a webhook", () => {
  test("is accepted once Redis has it, byte for byte", async () => {
    const body = '{ "page": {"name": "Öpen\\u0041I"},\n "big": 12345678901234567890 }';
    const response = await door.post("openai", body, { "content-type": "application/json" });
    const [queued] = await door.queued();
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ accepted: true, provider: "openai", id: queued?.id });
    expect(queued).toMatchObject({ provider: "openai", via: "webhook", body });
  });

  test("may name its provider in any case", async () => {
    await door.post("OpenAI", "{}");
    expect(await door.queued()).toMatchObject([{ provider: "openai" }]);
  });

  test("for a provider that nobody configured is accepted: the worker says what is missing", async () => {
    expect((await door.post("nobody-knows", "{}")).status).toBe(202);
  });

  test("that comes twice is queued once", async () => {
    const [first, second] = [await door.post("openai", '{"a":1}'), await door.post("openai", '{"a":1}')];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(await second.json()).toEqual(await first.json());
    expect(await door.queued()).toHaveLength(1);
  });

  test("of the same bytes for another provider is another", async () => {
    await door.post("openai", '{"a":1}');
    await door.post("discord", '{"a":1}');
    expect(await door.queued()).toHaveLength(2);
  });

  test("may say nothing about its type", async () => {
    const response = await door.post("openai", Buffer.from('{"a":1}'));
    expect(response.status).toBe(202);
  });

  test("may come compressed", async () => {
    await door.post("openai", gzipSync('{"a":1}'), { "content-encoding": "gzip" });
    expect(await door.queued()).toMatchObject([{ body: '{"a":1}' }]);
  });

  test("may begin with a byte order mark", async () => {
    expect((await door.post("openai", Buffer.from('\uFEFF{"a":1}'))).status).toBe(202);
  });

  test("keeps the headers that tell what it is, and none that prove who sent it", async () => {
    await door.post("openai", "{}", {
      "content-type": "application/json",
      "user-agent": "Acme-Hook/1",
      authorization: "Bearer canary",
      cookie: "session=canary",
      "webhook-signature": "v1,canary",
      "x-hub-signature-256": "sha256=canary",
      "x-api-key": "canary",
    });
    const [queued] = await door.queued();
    expect(queued?.headers).toEqual({ "content-type": "application/json", "user-agent": "Acme-Hook/1" });
    expect(JSON.stringify(queued)).not.toContain("canary");
  });

  test("in a burst is accepted with all the others, each once", async () => {
    const bodies = Array.from({ length: 300 }, (_, index) => `{"incident":${index}}`);
    const answers = await Promise.all(bodies.map((body) => door.post("discord", body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect((await door.queued()).map(({ body }) => body).sort()).toEqual([...bodies].sort());
  });
});
