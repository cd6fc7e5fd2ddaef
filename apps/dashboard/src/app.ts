import { health, notFound, problems } from "@statuswire/service";
import type { Registry } from "@statuswire/telemetry";
import express, { type Express } from "express";
import { createApi, type Dependencies as ApiDependencies } from "./api.ts";
import { serve } from "./operation.ts";
import { page } from "./page.ts";
import { queuesBoard } from "./routes/queues.ts";
import type { Stream } from "./routes/stream.ts";
import { providerSummary } from "./views/provider.ts";

export interface Dependencies extends ApiDependencies {
  stream: Stream;
  ready(): Promise<true | string>;
  registry: Registry;
}

/** The window: the page, the API, the stream, the queues. */
export function createApp({ stream, ready, registry, ...dependencies }: Dependencies): Express {
  const { board, log, queues, tell } = dependencies;
  const app = express();
  app.disable("x-powered-by");
  app.get("/", async (_req, res) => {
    const [watched, events] = await Promise.all([board.all(), log.newest(50)]);
    res.type("html").send(page(watched.map(providerSummary), events));
  });
  app.use(serve(createApi(dependencies)));
  app.use(stream.router);
  app.use(queuesBoard(queues));
  app.use(health({ ready, registry }));
  app.use(notFound);
  app.use(problems(tell));
  return app;
}
