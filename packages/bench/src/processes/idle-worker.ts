import { Worker } from "bullmq";
import { Redis } from "ioredis";

// What BullMQ itself costs: a worker that takes each job and does nothing, or writes its name where it is asked to.
const [url = "", queue = "", concurrency = "1", tells = ""] = process.argv.slice(2);
const worker = new Worker(
  queue,
  async ({ name }) => {
    if (tells) process.stdout.write(`${name}\n`);
  },
  {
    connection: new Redis(url, { maxRetriesPerRequest: null }),
    concurrency: Number(concurrency),
    removeOnComplete: { count: 0 },
  },
);
await worker.waitUntilReady();
process.on("disconnect", () => process.exit());
process.send?.({ ready: true });
