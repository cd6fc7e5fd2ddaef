import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { ExpressAdapter } from "@bull-board/express";
import type { Queues } from "@statuswire/queues";
import { Router } from "express";

const path = "/queues";

/** Bull Board: every queue, dead letters included. For looking; `statuswire dead-letters` is for doing. */
export function queuesBoard(queues: Queues): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(path);
  createBullBoard({
    queues: Object.values(queues).map((queue) => new BullMQAdapter(queue, { readOnlyMode: true })),
    serverAdapter,
    options: { uiConfig: { boardTitle: "Statuswire", hideRedisDetails: true, showWorkers: false } },
  });
  const router = Router();
  router.use(path, serverAdapter.getRouter() as Router);
  return router;
}
