import { HttpError } from "@statuswire/service";
import type { Log } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { type Request, type Response, Router } from "express";
import { z } from "zod";
import type { Recognize } from "../access/visitors.ts";
import { Seq } from "../seq.ts";
import { selectionFields } from "../selection.ts";
import type { Live } from "../stream/live.ts";
import { createMessages, wantedBy } from "../stream/messages.ts";
import { goRound } from "../stream/rounds.ts";
import { type Ending, watch, type Watcher } from "../stream/watcher.ts";

interface Dependencies {
  live: Live;
  log: Log;
  recognize: Recognize;
  tell: Tell;
  limits: StreamLimits;
  /** Counts the streams that have ended. */
  ended(why: Ending): void;
}

export interface StreamLimits {
  /** At once; whoever comes then is told to come later. */
  most: number;
  /** How often (ms) each stream shows that it lives. */
  beatMs: number;
  /** For how long (ms) a watcher may leave everything unread, before the next beat finds out. */
  patienceMs: number;
}

export interface Stream {
  router: Router;
  /** How many are watching. */
  watchers(): number;
  /** Lets every watcher know that another configuration is in force: what is watched may have changed. */
  configChanged(): void;
  /** Ends every stream; watchers come back by themselves. */
  close(): void;
}

export const StreamAsked = z.strictObject({
  ...selectionFields,
  after: Seq.describe(
    "Begin after this place; `Last-Event-ID` outranks it. Without either: from now on.",
  ).optional(),
});

export const usualStreamLimits: StreamLimits = { most: 10_000, beatMs: 8_000, patienceMs: 30_000 };

/** `/api/v1/stream`: the log as it grows, as server-sent events. */
export function stream({ live, log, recognize, tell, limits, ended }: Dependencies): Stream {
  const { most, beatMs, patienceMs } = limits;
  const watching = new Set<Watcher>();
  const messages = createMessages();
  const beats = goRound<Watcher>({ roundMs: beatMs, turn: (watcher) => watcher.beat() });

  function begin(req: Request, res: Response): void {
    const { after: from = live.head(), ...selection } = read(req);
    const watcher = watch(
      { live, log, recognize, messages, patienceMs, ended: over },
      { req, res, from, wanted: wantedBy(selection) },
    );
    watching.add(watcher);
    beats.join(watcher);

    function over(why: Ending, error: unknown): void {
      watching.delete(watcher);
      beats.leave(watcher);
      ended(why);
      if (why === "slow") tell("stream.cut", { address: req.ip });
      if (why === "failed") tell("request.failed", { method: req.method, error });
    }
  }

  const router = Router();
  router.head("/api/v1/stream", (_req, res) => {
    res.type("text/event-stream").end();
  });
  router.get("/api/v1/stream", (req, res) => {
    if (watching.size >= most) {
      throw new HttpError(503, "too_many_watchers", { detail: "Too many are watching.", retryAfterSeconds: 30 });
    }
    begin(req, res);
  });
  return {
    router,
    watchers: () => watching.size,
    configChanged() {
      for (const watcher of watching) watcher.configChanged();
    },
    close() {
      for (const watcher of watching) watcher.end("stopping");
    },
  };
}

function read(req: Request): z.infer<typeof StreamAsked> {
  const last = req.get("Last-Event-ID");
  const asked = StreamAsked.safeParse({ ...req.query, ...(last ? { after: last } : {}) });
  if (!asked.success) throw new HttpError(400, "bad_query", { detail: z.prettifyError(asked.error) });
  return asked.data;
}
