import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { type FreshRedis, freshRedis } from "@statuswire/testing";
import { kinds, redisMemory, Secret, type Sink } from "../src/index.ts";
import { opened, updated } from "./events.ts";
import { asDelivered, dependencies } from "./world.ts";

let server: FreshRedis;
let sink: Sink | undefined;

beforeAll(async () => {
  server = await freshRedis();
});

afterEach(() => sink?.close?.());
afterAll(() => server.stop());

describe("a stream in Redis", () => {
  test("has an entry per event, in order", async () => {
    sink = streamAt("whole");
    await sink.deliver(opened);
    await sink.deliver(updated);
    const entries = await server.connect().xrange("whole", "-", "+");
    expect(entries.map(([, fields]) => fields)).toEqual(
      [opened, updated].map((event) => fieldsOf(event.id, event.type, JSON.stringify(asDelivered(event)))),
    );
  });

  test("keeps about as many entries as it should", async () => {
    sink = streamAt("short", 100);
    for (let index = 0; index < 500; index++) await sink.deliver(opened);
    expect(await server.connect().xlen("short")).toBeLessThan(300);
  });

  test("that is no stream is a failure", async () => {
    await server.connect().set("text", "x");
    sink = streamAt("text");
    await expect(sink.deliver(opened)).rejects.toThrow(/WRONGTYPE/);
  });
});

describe("a server that is not there", () => {
  test("is a failure that doesn't wait for it", async () => {
    sink = kinds["redis-stream"].create({ url: new Secret("redis://127.0.0.1:1"), stream: "s" }, dependencies());
    await expect(sink.deliver(opened)).rejects.toThrow();
  });
});

describe("a sink's memory", () => {
  test("is the same for every worker, and its own", async () => {
    await redisMemory(server.connect(), "one").set("discord incident:1", "first");
    expect(await redisMemory(server.connect(), "one").get("discord incident:1")).toBe("first");
    expect(await redisMemory(server.connect(), "two").get("discord incident:1")).toBeUndefined();
  });

  test("ends", async () => {
    const redis = server.connect();
    await redisMemory(redis, "one").set("key", "value");
    expect(await redis.pttl("{sw}:sink:one:key")).toBeGreaterThan(0);
  });
});

function streamAt(stream: string, maxLength?: number): Sink {
  const options = { url: new Secret(server.path), stream, ...(maxLength !== undefined && { maxLength }) };
  return kinds["redis-stream"].create(options, dependencies());
}

function fieldsOf(id: string, type: string, event: string): string[] {
  return ["id", id, "type", type, "provider", "discord", "event", event];
}
