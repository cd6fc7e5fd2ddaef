import { createServer } from "node:http";
import { text } from "node:stream/consumers";
import type { AddressInfo } from "node:net";
import { Queue } from "bullmq";
import { Redis } from "ioredis";

// The door that a plain author writes: BullMQ and ioredis with the options that they come with. A control.
const redis = new Redis(process.env["REDIS_URL"] ?? "", { maxRetriesPerRequest: null });
redis.on("error", () => undefined);
const queue = new Queue("observations", { connection: redis, prefix: "{sw}" });
queue.on("error", () => undefined);

const server = createServer((request, response) => {
  void text(request)
    .then((body) => queue.add("webhook", { body }))
    .then(
      ({ id }) => response.writeHead(202).end(JSON.stringify({ id })),
      () => response.writeHead(503, { "retry-after": "5" }).end("{}"),
    );
});
server.listen(Number(process.env["INGEST_PORT"]), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // It listens on TCP, so it has one.
  process.send?.({ ready: true, url: `http://127.0.0.1:${port}` });
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
