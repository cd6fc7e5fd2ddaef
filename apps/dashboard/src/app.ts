import { health, notFound, problems } from "@statuswire/service";
import type { Registry } from "@statuswire/telemetry";
import express, { type Express } from "express";
import { createApi, type Dependencies as ApiDependencies } from "./api.ts";
import type { Assets } from "./assets.ts";
import { serve } from "./operation.ts";
import { pages } from "./routes/page.ts";
import { queuesBoard } from "./routes/queues.ts";
import type { Stream } from "./routes/stream.ts";

export interface Dependencies extends ApiDependencies {
  stream: Stream;
  /** Where the built page is, and what it is made of. */
  folder: string;
  assets: Assets | undefined;
  ready(): Promise<true | string>;
  registry: Registry;
}

/** The window: the page, the API, the stream, the queues. */
export function createApp({ stream, folder, assets, ready, registry, ...dependencies }: Dependencies): Express {
  const { board, log, queues, tell } = dependencies;
  const app = express();
  app.disable("x-powered-by");
  const operations = createApi(dependencies);
  app.use(pages({ board, log, operations, folder, assets }));
  app.use(serve(operations));
  app.use(stream.router);
  app.use(queuesBoard(queues));
  app.use(health({ ready, registry }));
  app.use(notFound);
  app.use(problems(tell));
  return app;
}
