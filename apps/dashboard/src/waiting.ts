import { HttpError } from "@statuswire/service";
import type { RequestHandler } from "express";
import { ownFilesOnly } from "./access/headers.ts";
import { type Assets, linksTo } from "./assets.ts";
import { htmlDocument } from "./document.ts";

interface Dependencies {
  /** Whether there is anything to answer with. */
  isReady(): boolean;
  assets: Assets | undefined;
}

/** Answers 503 while there is no Redis: in words, and looking again by itself where it is a page that was asked for. */
export function waitForRedis({ isReady, assets }: Dependencies): RequestHandler {
  return (req, res, next) => {
    if (isReady()) {
      next();
      return;
    }
    if (req.path.startsWith("/api/") || req.accepts(["json", "html"]) !== "html")
      throw new HttpError(503, "waiting_for_redis", { detail: sentence, retryAfterSeconds: 2 });
    res
      .status(503)
      .set({ "Content-Security-Policy": ownFilesOnly, "Retry-After": "2", "Cache-Control": "no-store" });
    res.type("html").send(page(assets));
  };
}

const sentence = "Waiting for Redis: it does not answer. Nothing that was recorded is lost.";

function page(assets: Assets | undefined): string {
  return htmlDocument({
    title: "Waiting for Redis · Statuswire",
    head: ['<meta http-equiv="refresh" content="2">', assets ? linksTo({ ...assets, script: undefined }) : ""],
    body: `<main class="login">
<h1><img src="/favicon.svg" alt="" width="32" height="32">Waiting for Redis</h1>
<p>It does not answer. Nothing that was recorded is lost; this page looks again every two seconds.</p>
</main>`,
  });
}
