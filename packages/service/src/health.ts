import type { Registry } from "@statuswire/telemetry";
import { Router } from "express";

interface Readiness {
  /** Whether work can be done now; the reason when it can't. */
  ready(): Promise<true | string>;
  /** What else `/readyz` says. */
  about?(): object;
}

interface Dependencies extends Readiness {
  registry: Registry;
}

/** `probes` and `metrics`, for processes that ask nobody who is there. */
export function health({ ready, registry }: Dependencies): Router {
  return Router().use(probes({ ready }), metrics(registry));
}

/** `/healthz`: the process lives. `/readyz`: it can work, so send it some. */
export function probes({ ready, about = () => ({}) }: Readiness): Router {
  const router = Router();
  router.get("/healthz", (_req, res) => {
    res.json({ status: "ok" });
  });
  router.get("/readyz", async (_req, res) => {
    const answer = await ready();
    if (answer === true) res.json({ status: "ready", ...about() });
    else
      res
        .status(503)
        .set("Retry-After", "2")
        .json({ status: "not ready", reason: answer, ...about() });
  });
  return router;
}

/** `/metrics`: for Prometheus. */
export function metrics(registry: Registry): Router {
  const router = Router();
  router.get("/metrics", async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
