import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { ExpressAdapter } from "@bull-board/express";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { allQueues, legible, type Queues } from "@statuswire/queues";
import type { Queue } from "bullmq";
import { type Express, type RequestHandler, Router } from "express";
import { bullBoardPolicy } from "../access/headers.ts";
import { redacted } from "../redacted.ts";

const path = "/queues";

/** The page that Bull Board serves. It would look for it by ways that end where we are one file. */
const ui = dirname(createRequire(import.meta.url).resolve("@bull-board/ui/package.json"));

/** Bull Board: every queue, dead letters included. For looking, unless `isWritable`; never for reading what jobs carry. */
export function queuesBoard(queues: Queues, { isWritable }: { isWritable: boolean }): Router {
  const serverAdapter = new ExpressAdapter();
  serverAdapter.setBasePath(path);
  createBullBoard({
    queues: inOrder(queues).map((queue) => adapterOf(queue, isWritable)),
    serverAdapter,
    options: {
      uiBasePath: ui,
      uiConfig: { boardTitle: "Statuswire", hideRedisDetails: true, showWorkers: false },
    },
  });
  const board = serverAdapter.getRouter() as Express; // Typed `any`; it is an application of its own.
  board.disable("x-powered-by");
  const router = Router();
  router.use(path, boardHeaders, withAdditions, board);
  return router;
}

// By kind, then by partition: `observations-00` to `observations-15` stand in one group.
function inOrder(queues: Queues): Queue[] {
  return allQueues(queues)
    .map(({ queue }) => queue)
    .toSorted((one, other) => one.name.localeCompare(other.name));
}

function adapterOf(queue: Queue, isWritable: boolean): BullMQAdapter {
  const adapter = new BullMQAdapter(queue, {
    readOnlyMode: !isWritable,
    delimiter: /-\d+$/.test(queue.name) ? "-" : "",
  });
  adapter.setFormatter("data", (data) => redacted(legible(data)));
  adapter.setFormatter("returnValue", redacted);
  return adapter;
}

const boardHeaders: RequestHandler = (_req, res, next) => {
  res.set({ "Content-Security-Policy": bullBoardPolicy, "Cache-Control": "no-store" });
  next();
};

// What Bull Board leaves out for screen readers and for weak eyes; see web/public/queues.js.
const additions = '<link rel="stylesheet" href="/queues.css"><script defer src="/queues.js"></script></head>';

const withAdditions: RequestHandler = (_req, res, next) => {
  const send = res.send.bind(res);
  res.send = (body: unknown) => send(typeof body === "string" ? body.replace("</head>", additions) : body);
  next();
};
