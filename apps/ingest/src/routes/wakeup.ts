import { Router } from "express";

/** The ancestor's addresses: `GET /health`, and `GET` and `HEAD /wakeup` for whoever keeps a sleepy host awake. */
export function wakeup(): Router {
  const router = Router();
  router.get("/health", (_req, res) => {
    res.json({ status: "ok" });
  });
  // Express answers HEAD with GET's headers.
  router.get("/wakeup", (_req, res) => {
    res.json({ status: "awake" });
  });
  return router;
}
