import { createServer } from "node:http";
import express from "express";
import { Redis } from "ioredis";
import { serve } from "./serve.ts";

// Server-sent events as most tutorials write them: a list of responses, a timer each, and each event written out for each of them.
const [url = "", key = ""] = process.argv.slice(2);
const redis = new Redis(url, { maxRetriesPerRequest: null });
const app = express();
const clients = new Set<express.Response>();

app.get("/stream", (_req, res) => {
  res.set({ "content-type": "text/event-stream", "cache-control": "no-cache" }).flushHeaders();
  res.write(":\n\n");
  clients.add(res);
  const beat = setInterval(() => res.write(": beat\n\n"), 15_000);
  res.on("close", () => {
    clearInterval(beat);
    clients.delete(res);
  });
});
serve(createServer(app));

for (let last = "$"; ;) {
  const answer = await redis.xread("BLOCK", 0, "STREAMS", key, last);
  for (const [id, fields] of answer?.[0]?.[1] ?? []) {
    const event = JSON.parse(fields[fields.indexOf("event") + 1] ?? "{}") as object;
    for (const res of clients) res.write(`id: ${id}\ndata: ${JSON.stringify(event)}\n\n`);
    last = id;
  }
}
