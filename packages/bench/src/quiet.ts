import { createReadings } from "@statuswire/store";
import { chunks } from "./backlog.ts";
import type { Server } from "./stage.ts";

/** A configuration whose pages are never asked while a benchmark lasts: it is about something else. */
export async function unasked(pages: number | readonly string[], { redis }: Server): Promise<object> {
  const ids = typeof pages === "number" ? Array.from({ length: pages }, (_, index) => `p${index}`) : pages;
  const readings = createReadings(redis);
  const tomorrow = Date.now() + 24 * 3600 * 1000;
  for (const some of chunks(ids, 100)) {
    await Promise.all(some.map((id) => readings.note(id, { notBefore: tomorrow })));
  }
  const providers = ids.map((id) => ({ id, page: "http://127.0.0.1:9", format: "statuspage", every: "24h" }));
  return { providers, outbound: { allowPrivate: true } };
}
