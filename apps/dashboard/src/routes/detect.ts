import type { Attempt, Detection } from "@statuswire/detection";
import { prefix } from "@statuswire/queues";
import { HttpError, type TakeFromBuckets } from "@statuswire/service";
import { json, Router } from "express";
import { z } from "zod";
import { tooMany } from "../access/rates.ts";
import { nothingAsked } from "../operation.ts";

interface Dependencies {
  /** Asks a page how it talks; only where the configuration lets requests go. */
  lookAt(url: URL, onAttempt: (attempt: Attempt) => void): Promise<Detection>;
  take: TakeFromBuckets;
}

const DetectSent = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .describe("A status page, as people read it, or a feed."),
});

/** What the OpenAPI document says of it. */
export const detectDescription = {
  method: "post",
  path: "/api/v1/detect",
  summary:
    "Finds out how a page talks. A JSON object a line: `attempt` for each format as it is tried, at last `found`.",
  asks: nothingAsked,
  sends: DetectSent,
  answers: undefined,
  type: "application/x-ndjson",
  mayBeMissing: false,
} as const;

/** A minute, for all together: each asks somebody else's server some fifteen times. */
const mostDetections = 10;

/** `/api/v1/detect`: each step of a detection as it is taken. */
export function detect({ lookAt, take }: Dependencies): Router {
  const router = Router();
  router.post(detectDescription.path, json({ limit: 4096 }), async (req, res) => {
    const sent = DetectSent.safeParse(req.body);
    if (!sent.success) throw new HttpError(400, "bad_query", { detail: z.prettifyError(sent.error) });
    const waitMs = await take([{ key: `${prefix}:detect`, perMinute: mostDetections }]);
    if (waitMs > 0) throw tooMany("Too many pages are being looked at.", waitMs);

    res.set({ "Cache-Control": "no-store, no-transform", "X-Accel-Buffering": "no" }).type(detectDescription.type);
    const say = (step: object) => res.write(`${JSON.stringify(step)}\n`);
    const found = await lookAt(new URL(sent.data.url), (attempt) => say({ attempt }));
    say({ found });
    res.end();
  });
  return router;
}
