import type { AddressInfo } from "node:net";
import { partitionQueueName } from "@statuswire/queues";
import { Queue } from "bullmq";
import express from "express";
import { Redis } from "ioredis";

// The door that a plain author writes: Express, BullMQ and ioredis with the options that they come with. A control.
const redis = new Redis(process.env["REDIS_URL"] ?? "", { maxRetriesPerRequest: null });
redis.on("error", () => undefined);
const queue = new Queue(partitionQueueName("observations", 0), { connection: redis, prefix: "{sw}" });
queue.on("error", () => undefined);

const app = express();
app.use(express.json());
app.post("/webhooks/:provider", async (request, response) => {
  try {
    const { id } = await queue.add("webhook", { body: JSON.stringify(request.body) });
    response.status(202).json({ id });
  } catch {
    response.status(503).set("Retry-After", "5").json({});
  }
});
const server = app.listen(Number(process.env["INGEST_PORT"]), "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // It listens on TCP, so it has one.
  process.send?.({ ready: true, url: `http://127.0.0.1:${port}` });
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
