import type { Provider } from "@statuswire/config";
import type { Queues } from "@statuswire/queues";
import { health, notFound, problems } from "@statuswire/service";
import type { Log, Store } from "@statuswire/store";
import type { Registry, Tell } from "@statuswire/telemetry";
import express, { type Express } from "express";
import { readBoard } from "./board.ts";
import { page } from "./page.ts";
import { api } from "./routes/api.ts";
import { queuesBoard } from "./routes/queues.ts";

export interface Dependencies {
  store: Store;
  log: Log;
  queues: Queues;
  providers: readonly Provider[];
  ready(): Promise<true | string>;
  registry: Registry;
  tell: Tell;
}

/** The window: the page, the API, the queues. */
export function createApp({ store, log, queues, providers, ready, registry, tell }: Dependencies): Express {
  const app = express();
  app.disable("x-powered-by");
  app.get("/", async (_req, res) => {
    const [rows, events] = await Promise.all([readBoard({ store, providers }), log.newest(50)]);
    res.type("html").send(page(rows, events));
  });
  app.use(api({ store, log, providers }));
  app.use(queuesBoard(queues));
  app.use(health({ ready, registry }));
  app.use(notFound);
  app.use(problems(tell));
  return app;
}
