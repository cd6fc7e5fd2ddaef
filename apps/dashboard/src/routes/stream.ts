import { HttpError } from "@statuswire/service";
import type { Event } from "@statuswire/status";
import type { Log } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { type Request, type Response, Router } from "express";
import { z } from "zod";
import type { Recognize } from "../access/visitors.ts";
import type { Live } from "../live.ts";
import { Seq } from "../seq.ts";
import { selectionFields, selects } from "../selection.ts";
import { subscribe } from "../subscription.ts";
import { eventView } from "../views/event.ts";

interface Dependencies {
  live: Live;
  log: Log;
  recognize: Recognize;
  tell: Tell;
}

export interface Stream {
  router: Router;
  /** How many are watching. */
  watchers(): number;
  /** Ends every stream; watchers come back by themselves. */
  close(): void;
}

export const StreamAsked = z.strictObject({
  ...selectionFields,
  after: Seq.describe(
    "Begin after this place; `Last-Event-ID` outranks it. Without either: from now on.",
  ).optional(),
});

const beatMs = 15_000;
const mostWatchers = 20_000;
const head = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "private, no-cache, no-transform",
  // nginx would gather what must go at once.
  "X-Accel-Buffering": "no",
};

/** `/api/v1/stream`: the log as it grows, as server-sent events. */
export function stream({ live, log, recognize, tell }: Dependencies): Stream {
  const watching = new Set<Response>();

  function watch(req: Request, res: Response): void {
    const { after, ...selection } = read(req);
    res.writeHead(200, head).flushHeaders();
    res.write("retry: 2000\n\n");
    const isWanted = selects(selection);
    const subscription = subscribe(
      { live, log },
      {
        from: after ?? live.head(),
        take: (events) => send(res, events.filter(isWanted).map(message).join("")),
        failed(error) {
          tell("request.failed", { method: req.method, error });
          res.destroy();
        },
      },
    );
    const beat = setInterval(() => {
      // Who has logged out meanwhile hears no more; while Redis can't say so, nothing happens either.
      recognize(req).then(
        (visitor) => (visitor ? pulse(res, subscription.cursor()) : res.end()),
        () => undefined,
      );
    }, beatMs);
    watching.add(res);
    res.on("close", () => {
      clearInterval(beat);
      subscription.end();
      watching.delete(res);
    });
  }

  const router = Router();
  router.head("/api/v1/stream", (_req, res) => {
    res.writeHead(200, head).end();
  });
  router.get("/api/v1/stream", (req, res) => {
    if (watching.size >= mostWatchers) {
      throw new HttpError(503, "too_many_watchers", { detail: "Too many are watching.", retryAfterSeconds: 30 });
    }
    watch(req, res);
  });
  return {
    router,
    watchers: () => watching.size,
    close() {
      for (const res of watching) res.end();
    },
  };
}

function read(req: Request): z.infer<typeof StreamAsked> {
  const last = req.get("Last-Event-ID");
  const asked = StreamAsked.safeParse({ ...req.query, ...(last ? { after: last } : {}) });
  if (!asked.success) throw new HttpError(400, "bad_query", { detail: z.prettifyError(asked.error) });
  return asked.data;
}

function message(event: Event): string {
  return `id: ${event.seq}\ndata: ${JSON.stringify(eventView(event))}\n\n`;
}

function pulse(res: Response, cursor: string): void {
  // Whoever is behind has enough to read.
  if (!res.writableNeedDrain && !res.writableEnded) res.write(heartbeat(cursor));
}

// A comment keeps proxies awake; the id spares whoever comes back what its filters left out.
function heartbeat(cursor: string): string {
  return `: beat\nid: ${cursor}\nevent: beat\ndata: {}\n\n`;
}

/** Resolves once the socket can take more, or is gone. */
async function send(res: Response, text: string): Promise<void> {
  if (!text || res.destroyed || res.writableEnded || res.write(text)) return;
  await new Promise<void>((resolve) => {
    const settle = () => {
      res.off("drain", settle).off("close", settle);
      resolve();
    };
    res.on("drain", settle).on("close", settle);
  });
}
