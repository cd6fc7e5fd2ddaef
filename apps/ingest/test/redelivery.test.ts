import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type Door, openDoor } from "./door.ts";

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
beforeEach(() => door.redis.connect().flushall());
afterAll(() => door.close());

describe("a delivery that its sender gave a name", () => {
  test.each(["webhook-id", "svix-id", "x-github-delivery"])(
    "in %s is queued once, however often it comes",
    async (header) => {
      const headers = { [header]: `msg-${header}` };
      const send = () => door.post("openai", '{"a":1}', headers);
      const answers = [await send(), await send()];
      expect(answers.map(({ status }) => status)).toEqual([202, 202]);
      expect(await door.queued()).toHaveLength(1);
    },
  );

  test("is another when it says something else under the same name", async () => {
    const send = (body: string) => door.post("openai", body, { "webhook-id": "msg-reused" });
    const answers = [await send('{"a":1}'), await send('{"a":2}'), await send('{"a":1}')];
    const [first, second, third] = await Promise.all(
      answers.map(async (answer) => (await answer.json()) as object),
    );
    expect((await door.queued()).map(({ body }) => body).sort()).toEqual(['{"a":1}', '{"a":2}']);
    expect([third, second]).toEqual([first, expect.not.objectContaining(first ?? {})]);
  });

  test("is queued once, also when it came with many others", async () => {
    const send = () =>
      Promise.all(
        Array.from({ length: 50 }, (_, i) => door.post("openai", String(i), { "webhook-id": `burst-${i}` })),
      );
    await send();
    await send();
    expect(await door.queued()).toHaveLength(50);
  });

  test("is another when it has another name, though it says the same", async () => {
    await door.post("openai", "{}", { "webhook-id": "msg-a" });
    await door.post("openai", "{}", { "webhook-id": "msg-b" });
    expect(await door.queued()).toHaveLength(2);
  });

  test("is another when another provider calls it so", async () => {
    await door.post("openai", "{}", { "webhook-id": "msg-c" });
    await door.post("discord", "{}", { "webhook-id": "msg-c" });
    expect(await door.queued()).toHaveLength(2);
  });

  test("is known by what it says when the name is none", async () => {
    await door.post("openai", "1", { "webhook-id": "x".repeat(201) });
    await door.post("openai", "2", { "webhook-id": "x".repeat(201) });
    expect(await door.queued()).toHaveLength(2);
  });
});
