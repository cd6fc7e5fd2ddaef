import { Redis } from "ioredis";
import { z } from "zod";
import { eventJson } from "../event-json.ts";
import { secretText } from "../options.ts";
import { defineKind } from "../sink.ts";

const Options = z.strictObject({
  url: secretText.describe("redis://, rediss:// or the path of a socket"),
  stream: z.string().min(1).default("statuswire:events").describe("The stream's key"),
  maxLength: z.int().min(1).optional().describe("About how many entries to keep; all, when not given"),
});

/** A stream in a Redis of one's own, an entry per event. */
export const redisStream = defineKind({
  kind: "redis-stream",
  audience: "program",
  options: Options,
  create({ url, stream, maxLength }, pages) {
    let redis: Redis | undefined;
    const trimming = maxLength === undefined ? [] : (["MAXLEN", "~", maxLength] as const);
    return {
      async deliver(event) {
        redis ??= connect(url.reveal());
        const fields = ["id", event.id, "type", event.type, "provider", event.provider];
        await redis.call("XADD", stream, ...trimming, "*", ...fields, "event", eventJson(event, pages));
      },
      preview: (event) => eventJson(event, pages),
      async close() {
        redis?.disconnect();
      },
    };
  },
});

// The queue tries again; a command that waits for a server would hold up its worker.
function connect(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, connectTimeout: 5000, commandTimeout: 5000 });
  // Each command that fails says so; without a listener ioredis prints it besides.
  redis.on("error", () => undefined);
  return redis;
}
