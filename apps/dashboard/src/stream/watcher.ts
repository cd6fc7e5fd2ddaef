import type { Log } from "@statuswire/store";
import type { Request, Response } from "express";
import type { Recognize } from "../access/visitors.ts";
import type { Live } from "./live.ts";
import type { Messages, Wanted } from "./messages.ts";
import { openOutlet } from "./outlet.ts";
import { subscribe } from "./subscription.ts";

/** Why a stream ended: its watcher left or read too slowly, logged out, the log could not be read, or we stop. */
export type Ending = "left" | "slow" | "logged_out" | "failed" | "stopping";

/** One who watches the log as it grows. */
export interface Watcher {
  /** Shows that the stream lives, unless it has to end. */
  beat(): void;
  /** Says that another configuration is in force. */
  configChanged(): void;
  end(why: Ending): void;
}

interface Dependencies {
  live: Pick<Live, "listen" | "since">;
  log: Pick<Log, "after">;
  recognize: Recognize;
  messages: Messages;
  /** For how long (ms) a watcher may leave everything unread. */
  patienceMs: number;
  /** Hears when the stream is over, and why. */
  ended(why: Ending, error?: unknown): void;
}

interface Asked {
  req: Request;
  res: Response;
  /** The place after which to begin. */
  from: string;
  wanted: Wanted;
}

/** Answers a request with the events that are wanted, from a place on, until one of both ends it. */
export function watch(dependencies: Dependencies, { req, res, from, wanted }: Asked): Watcher {
  const { live, log, recognize, messages, patienceMs, ended } = dependencies;
  let ending: Ending = "left";
  let trouble: unknown;
  const outlet = openOutlet(res);
  const subscription = subscribe(
    { live, log },
    {
      from,
      take: (events) => outlet.write(messages(events, wanted)),
      failed(error) {
        trouble = error;
        end("failed");
      },
    },
  );
  res.on("close", () => {
    subscription.end();
    ended(ending, trouble);
  });

  function end(why: Ending): void {
    ending = why;
    if (outlet.stuckMs()) return void res.destroy();
    void outlet.write(farewell(why));
    res.end();
  }

  function pulse(): void {
    // Whoever is behind has enough to read.
    if (!outlet.stuckMs()) void outlet.write(heartbeat(subscription.cursor()));
  }

  return {
    beat() {
      if (outlet.stuckMs() > patienceMs) end("slow");
      // Who has logged out meanwhile hears no more; while Redis can't say so, nothing happens either.
      else
        recognize(req).then(
          (visitor) => (visitor ? pulse() : end("logged_out")),
          () => undefined,
        );
    },
    configChanged() {
      if (!outlet.stuckMs()) void outlet.write("event: config\ndata: {}\n\n");
    },
    end,
  };
}

// A comment keeps proxies awake; the id spares whoever comes back what its filters left out.
function heartbeat(cursor: string): string {
  return `: beat\nid: ${cursor}\nevent: beat\ndata: {}\n\n`;
}

function farewell(why: Ending): string {
  return `event: end\ndata: ${JSON.stringify({ reason: why })}\n\n`;
}
