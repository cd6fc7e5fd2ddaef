import { createServer } from "node:http";
import { Queue } from "bullmq";
import express from "express";
import { Redis } from "ioredis";
import { serve } from "./serve.ts";

// Webhooks into a queue as most would write it, and as most documentation shows it.
const queue = new Queue("webhooks", {
  connection: new Redis(process.argv[2] ?? "", { maxRetriesPerRequest: null }),
});
const app = express();

app.use(express.json());
app.post("/webhooks/:provider", async (req, res) => {
  const job = await queue.add("webhook", { provider: req.params.provider, payload: req.body as unknown });
  res.status(202).json({ id: job.id });
});

serve(createServer(app));
