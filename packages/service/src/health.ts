import type { Registry } from "@statuswire/telemetry";
import { Router } from "express";

interface Dependencies {
  /** Whether work can be done now; the reason when it can't. */
  ready(): Promise<true | string>;
  registry: Registry;
}

/** `/healthz`: the process lives. `/readyz`: it can work, so send it some. `/metrics`: for Prometheus. */
export function health({ ready, registry }: Dependencies): Router {
  const router = Router();
  router.get("/healthz", (_req, res) => {
    res.json({ status: "ok" });
  });
  router.get("/readyz", async (_req, res) => {
    const answer = await ready();
    if (answer === true) res.json({ status: "ready" });
    else res.status(503).set("Retry-After", "2").json({ status: "not ready", reason: answer });
  });
  router.get("/metrics", async (_req, res) => {
    res.type(registry.contentType).send(await registry.metrics());
  });
  return router;
}
