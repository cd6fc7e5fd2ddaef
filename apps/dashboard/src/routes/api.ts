import type { Provider } from "@statuswire/config";
import { HttpError } from "@statuswire/service";
import type { Log, Store } from "@statuswire/store";
import { Router } from "express";
import { z } from "zod";
import { readBoard } from "../board.ts";

interface Dependencies {
  store: Store;
  log: Log;
  providers: readonly Provider[];
}

const Query = z.object({
  after: z
    .string()
    .regex(/^\d+-\d+$/, "a seq, such as 1762180320000-0")
    .optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** `/api/v1`: what is known, and the log. */
export function api({ store, log, providers }: Dependencies): Router {
  const router = Router();
  router.get("/api/v1/providers", async (_req, res) => {
    res.json({ providers: await readBoard({ store, providers }) });
  });
  router.get("/api/v1/events", async (req, res) => {
    const query = Query.safeParse(req.query);
    if (!query.success) throw new HttpError(400, "bad_query", { detail: z.prettifyError(query.error) });
    const { after, limit } = query.data;
    const events = after === undefined ? (await log.newest(limit)).reverse() : await log.after(after, limit);
    res.json({ events, next: events.at(-1)?.seq ?? after ?? null });
  });
  return router;
}
