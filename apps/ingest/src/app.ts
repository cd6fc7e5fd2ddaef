import type { Observations } from "@statuswire/queues";
import { health, notFound, problems } from "@statuswire/service";
import type { Registry, Tell } from "@statuswire/telemetry";
import express, { type Express, type RequestHandler } from "express";
import { createFigures, type Figures } from "./figures.ts";
import { wakeup } from "./routes/wakeup.ts";
import { webhooks } from "./routes/webhooks.ts";

export interface Dependencies {
  observations: Observations;
  ready(): Promise<true | string>;
  registry: Registry;
  tell: Tell;
  limits: { bodyBytes: number; inFlight: number };
  now(): Date;
}

/** The door: every address that ingest answers. */
export function createApp({ observations, ready, registry, tell, limits, now }: Dependencies): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  const figures = createFigures(registry);
  app.use(countRefusals(figures));
  app.use(webhooks({ observations, figures, limits, now }));
  app.use(wakeup());
  app.use(health({ ready, registry }));
  app.use(notFound);
  app.use(problems(tell));
  return app;
}

function countRefusals({ refused }: Figures): RequestHandler {
  return (_req, res, next) => {
    res.once("finish", () => {
      if (res.statusCode >= 400) refused.inc({ status: String(res.statusCode) });
    });
    next();
  };
}
