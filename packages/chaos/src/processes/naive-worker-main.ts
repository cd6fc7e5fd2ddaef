import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { partitionQueueName } from "@statuswire/queues";
import { type Job, Queue, Worker } from "bullmq";
import { Redis } from "ioredis";

// The poller that a plain author writes: job schedulers made at start, a worker, and an error listener. A control.
const redis = new Redis(process.env["REDIS_URL"] ?? "", { maxRetriesPerRequest: null });
redis.on("error", (error) => console.error(error.message));
const name = partitionQueueName("polls", 0);
const polls = new Queue(name, { connection: redis, prefix: "{sw}" });
polls.on("error", (error) => console.error(error.message));
const pages = (process.env["PAGES"] ?? "").split(" ");
for (const [index, page] of pages.entries()) {
  await polls.upsertJobScheduler(`page-${index}`, { every: 2000 }, { name: "page", data: { page } });
}
const worker = new Worker(
  name,
  async ({ data: { page } }: Job<{ page: string }>) => {
    await fetch(`${page}/api/v2/summary.json`).then((response) => response.arrayBuffer());
  },
  { connection: redis, prefix: "{sw}", concurrency: 5 },
);
worker.on("error", (error) => console.error(error.message));

const server = createServer((_request, response) => response.end());
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // It listens on TCP, so it has one.
  process.send?.({ ready: true, url: `http://127.0.0.1:${port}` });
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
