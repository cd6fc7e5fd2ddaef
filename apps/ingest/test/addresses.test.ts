import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { type Door, openDoor } from "./door.ts";

let door: Door;

beforeAll(async () => {
  door = await openDoor();
});
afterAll(() => door.close());

describe("ingest", () => {
  test("says that it is well, as its ancestor did", async () => {
    expect(await (await fetch(`${door.url}/health`)).text()).toBe('{"status":"ok"}');
  });

  test.each([
    ["GET", "/wakeup", 200],
    ["HEAD", "/wakeup", 200],
    ["GET", "/healthz", 200],
    ["GET", "/readyz", 200],
    ["GET", "/metrics", 200],
    ["GET", "/", 404],
    ["GET", "/webhooks/openai", 404],
    ["POST", "/webhooks", 404],
    ["POST", "/webhooks/openai/more", 404],
    ["DELETE", "/webhooks/openai", 404],
  ])("answers %s %s with %i", async (method, path, status) => {
    expect((await fetch(door.url + path, { method })).status).toBe(status);
  });

  test("does not say what it is made of", async () => {
    expect((await fetch(`${door.url}/health`)).headers.has("x-powered-by")).toBe(false);
  });

  test("counts what it accepts and what it refuses", async () => {
    await door.post("openai", "{}");
    await door.post("openai", "{");
    const figures = await (await fetch(`${door.url}/metrics`)).text();
    expect(figures).toMatch(/statuswire_webhooks_accepted_total 1$/m);
    expect(figures).toMatch(/statuswire_webhooks_refused_total\{status="400"\} 1$/m);
  });
});
