import { health, notFound, problems } from "@statuswire/service";
import type { Registry } from "@statuswire/telemetry";
import express, { type Express, type ErrorRequestHandler } from "express";
import { refuseCrossSite } from "./browsers.ts";
import { createFigures, type Figures } from "./figures.ts";
import { requestLimits } from "./request-limits.ts";
import { wakeup } from "./routes/wakeup.ts";
import { webhookPath, webhooks, type WebhookDependencies } from "./routes/webhooks.ts";

export interface Dependencies extends Omit<WebhookDependencies, "figures"> {
  ready(): Promise<true | string>;
  registry: Registry;
  limits: WebhookDependencies["limits"] & { headers: number };
  /** How many proxies in front of us add to X-Forwarded-For. */
  trustedProxies: number;
}

/** The door: every address that ingest answers. */
export function createApp({ ready, registry, trustedProxies, ...dependencies }: Dependencies): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("query parser", false);
  app.set("trust proxy", trustedProxies);
  const figures = createFigures(registry);
  app.use(requestLimits(dependencies.limits));
  app.use(refuseCrossSite(dependencies));
  app.post(webhookPath, webhooks({ ...dependencies, figures }));
  app.use(wakeup());
  app.use(health({ ready, registry }));
  app.use(notFound);
  app.use(countRefusals(figures));
  app.use(problems(dependencies.tell));
  return app;
}

function countRefusals({ refused }: Figures): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  // eslint-disable-next-line max-params
  return (error, _req, res, next) => {
    res.once("finish", () => refused.inc({ status: String(res.statusCode) }));
    next(error);
  };
}
