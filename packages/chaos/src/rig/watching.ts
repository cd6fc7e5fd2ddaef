import { createPage, createWorld, startSimulator } from "@statuswire/simulator";
import { waitUntil } from "@statuswire/testing";
import type { Redis } from "ioredis";
import { startPart, type Part } from "./part.ts";
import { type Server, startServer } from "./server.ts";
import type { Stage } from "./stage.ts";

/** A worker that polls one page every two seconds. */
export interface Watching {
  server: Server;
  redis: Redis;
  worker: Part;
  /** How many lines it has logged. */
  lines(): number;
  /** How often the page has been asked. */
  asked(): number;
}

/** Starts a worker, ours or a plain one, and waits until it polls. All of it ends with the stage. */
export async function startWatching(stage: Stage, app: "worker" | "naive-worker"): Promise<Watching> {
  const page = createPage({ id: "page", vendor: "statuspage", name: "Page", components: ["API"], at: new Date() });
  const simulator = await startSimulator({ world: createWorld([page]) });
  stage.defer(() => simulator.close());
  const server = await startServer({ dataDir: await stage.folder(), env: stage.env });
  stage.defer(() => server.stop());
  const config = await stage.configure({
    providers: [{ id: "page", page: simulator.pageUrl("page"), format: "statuspage", every: 2 }],
    outbound: { allowPrivate: true },
  });
  let lines = 0;
  const env = { ...stage.env, REDIS_URL: server.url, STATUSWIRE_CONFIG: config, PAGES: simulator.pageUrl("page") };
  const worker = await startPart("worker", { app, env, logged: () => lines++ });
  stage.defer(() => worker.stop());
  const asked = () => Object.values(simulator.requests("page")).reduce((sum, count) => sum + count, 0);
  await waitUntil("the page to be polled", () => asked() > 2, 30_000);
  return { server, redis: stage.connect(server.url), worker, lines: () => lines, asked };
}
