import { describe, expect, test } from "@jest/globals";
import { freePort } from "@statuswire/testing";
import { withRedis } from "../src/redis.ts";

describe("a command whose Redis nobody can find", () => {
  test("waits for no answer any more once it has said so", async () => {
    const env = { REDIS_URL: `redis+sentinel://127.0.0.1:${await freePort()}/statuswire` };
    let asked: Promise<unknown> | undefined;
    await expect(
      withRedis(env, async (redis) => {
        asked = redis.ping();
        await asked;
      }),
    ).rejects.toThrow("Redis does not answer");
    // Not that the answer took too long, which would be said five seconds later.
    await expect(asked).rejects.toThrow("Connection is closed");
  });
});
