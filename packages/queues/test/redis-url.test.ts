import { describe, expect, test } from "@jest/globals";
import { masterOf } from "../src/directory.ts";
import { readReplicated } from "../src/redis-url.ts";

describe("a REDIS_URL", () => {
  test.each([
    "redis://10.0.0.1:6379",
    "rediss://user:password@redis/0",
    "unix:///run/redis.sock",
    "/run/redis.sock",
  ])("that names one server leads to that: %s", (url) => expect(readReplicated(url)).toBeUndefined());

  test("names sentinels, the master they watch, and how to log in to it", () => {
    expect(
      readReplicated("redis+sentinel://user:p%40ss:word@one:1,[::1],three:3/mymaster?sentinelPassword=x%2By"),
    ).toEqual({
      by: "sentinel",
      guides: [
        { host: "one", port: 1 },
        { host: "::1", port: 26379 },
        { host: "three", port: 3 },
      ],
      name: "mymaster",
      access: { username: "user", password: "p@ss:word" },
      guideAccess: { password: "x+y" },
    });
  });

  test("names nodes of a cluster, and may ask for TLS", () => {
    const access = { password: "secret", tls: {} };
    expect(readReplicated("rediss+cluster://:secret@one,two:7000")).toEqual({
      by: "cluster",
      guides: [
        { host: "one", port: 6379 },
        { host: "two", port: 7000 },
      ],
      name: "",
      access,
      guideAccess: access,
    });
  });

  test.each([
    ["without a master's name", "redis+sentinel://:s3cret@one:1", "/NAME"],
    ["with a name behind a cluster", "redis+cluster://:s3cret@one:1/mymaster", "nothing follows"],
    ["of another kind", "redis+proxy://:s3cret@one:1", "redis+sentinel://"],
    ["with a port that is none", "redis+cluster://:s3cret@one:x", "one:x"],
    ["with an option that nobody knows", "redis+sentinel://:s3cret@one:1/m?db=s3cret", "sentinelPassword"],
    ["with a loose percent sign", "redis+cluster://:s3cret%@one:1", "%25"],
  ])("%s is refused, and no secret is repeated", (_what, url, hint) => {
    const refused = () => readReplicated(url);
    expect(refused).toThrow(hint);
    expect(refused).not.toThrow("s3cret");
  });
});

describe("what a node says of its cluster", () => {
  test("names the master of a slot, though the one before thinks that it still is", () => {
    const nodes = [
      "a1 10.0.0.1:6379@16379 master - 0 0 1 connected 0-9000",
      "b2 10.0.0.2:6379@16379 myself,master - 0 0 7 connected 0-9000 [93->-a1]",
      "c3 10.0.0.3:6379@16379 slave b2 0 0 7 connected",
      "d4 10.0.0.4:6379@16379 master - 0 0 9 connected 9001-16383",
    ].join("\n");
    expect(masterOf(8000, nodes)).toEqual({ master: { host: "10.0.0.2", port: 6379 }, epoch: 7 });
  });

  test("is taken by the name that a node announces", () => {
    const node = "a1 10.0.0.1:6379@16379,redis-1.internal,shard-id=x myself,master - 0 0 1 connected 5";
    expect(masterOf(5, node)?.master).toEqual({ host: "redis-1.internal", port: 6379 });
  });

  test("is nothing when nobody serves the slot", () => {
    expect(masterOf(5, "a1 10.0.0.1:6379@16379 master,fail - 0 0 1 connected 6-9\n")).toBeUndefined();
  });
});
