import { Batch, closeQueues, openQueues } from "@statuswire/queues";
import type { Tell } from "@statuswire/telemetry";
import { type FreshRedis, freshRedis, waitUntil } from "@statuswire/testing";
import { readConfig } from "../src/config.ts";
import { startIngest } from "../src/service.ts";

export interface Door {
  url: string;
  redis: FreshRedis;
  /** Posts a webhook. */
  post(
    provider: string,
    body: NonNullable<RequestInit["body"]>,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** What is waiting to be observed, oldest first. */
  queued(): Promise<Batch["observations"]>;
  close(): Promise<void>;
}

/** The real ingest, on a port of its own, on a Redis of its own, ready. */
export async function openDoor(env: Record<string, string> = {}, tell: Tell = () => undefined): Promise<Door> {
  const redis = await freshRedis();
  const service = await startIngest(readConfig({ REDIS_URL: redis.path, INGEST_PORT: "0", ...env }), tell);
  await waitUntil("ingest to be ready", async () => (await fetch(`${service.url}/readyz`)).ok);
  return {
    url: service.url,
    redis,
    post: (provider, body, headers = {}) =>
      fetch(`${service.url}/webhooks/${provider}`, { method: "POST", body, headers }),
    async queued() {
      const queues = openQueues(redis.connect());
      const jobs = await Promise.all(queues.partitions.map((own) => own.observations.getWaiting(0, -1)));
      await closeQueues(queues);
      const inOrder = jobs.flat().toSorted((one, other) => one.timestamp - other.timestamp);
      return inOrder.flatMap(({ data }) => Batch.parse(data).observations);
    },
    async close() {
      await service.stop();
      await redis.stop();
    },
  };
}
