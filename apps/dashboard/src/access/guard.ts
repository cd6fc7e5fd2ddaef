import { HttpError } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";
import type { Request, RequestHandler, Response } from "express";
import { escaped } from "../feeds/xml.ts";
import { isWrite } from "./cross-site.ts";
import { ownFilesOnly } from "./headers.ts";
import { ownPath } from "./own-path.ts";
import type { Recognize, Visitor } from "./visitors.ts";

interface Dependencies {
  recognize: Recognize;
  tell: Tell;
}

export interface Guard {
  /** Lets nobody past whom we do not know, and nobody write who may only read. */
  handler: RequestHandler;
  /** Whom it has let past. */
  visitorOf(req: Request): Visitor;
}

/** The guard before everything that tells or changes something. */
export function createGuard({ recognize, tell }: Dependencies): Guard {
  const visitors = new WeakMap<Request, Visitor>();

  return {
    async handler(req, res, next) {
      const visitor = await recognize(req);
      if (!visitor) {
        refuse(req, res);
        return;
      }
      if (isWrite(req)) {
        if (visitor.scope === "read")
          throw new HttpError(403, "read_only", { detail: "This needs the scope `write`; yours is `read`." });
        if (!isLookUp(req)) audit(visitor, { res, tell });
      }
      visitors.set(req, visitor);
      next();
    },
    visitorOf(req) {
      const visitor = visitors.get(req);
      if (!visitor) throw new Error(`${req.path} is answered without the guard.`);
      return visitor;
    },
  };
}

/** What is sent by POST only because it has a body, and changes nothing. */
function isLookUp({ path, query }: Request): boolean {
  return path === "/api/v1/detect" || (path === "/api/v1/providers" && query["save"] === "false");
}

function audit({ by }: Visitor, { res, tell }: { res: Response; tell: Tell }): void {
  const { method, originalUrl, ip } = res.req;
  res.once("finish", () => {
    if (res.statusCode < 400) tell("window.changed", { method, url: originalUrl, by, address: ip });
  });
}

function refuse(req: Request, res: Response): void {
  const isNavigation = !isWrite(req) && !req.path.startsWith("/api/") && req.accepts(["json", "html"]) === "html";
  if (isNavigation && req.get("Sec-Fetch-Site") === "cross-site") bounce(req, res);
  else if (isNavigation) res.redirect(303, `/login?next=${encodeURIComponent(req.originalUrl)}`);
  else {
    res.set("WWW-Authenticate", isFeed(req) ? ['Basic realm="Statuswire"', bearer] : bearer);
    throw new HttpError(401, "unauthorized", { detail: "Send a token as `Authorization: Bearer …`, or log in." });
  }
}

const bearer = 'Bearer realm="Statuswire"';

// Those that read them ask for a user and a password only when told to.
function isFeed({ path }: Request): boolean {
  return /\.(atom|rss|ics)$/.test(path);
}

// Who follows a link from elsewhere comes without the strict cookie; from a page of ours they come with it.
function bounce({ originalUrl }: Request, res: Response): void {
  const url = escaped(ownPath(originalUrl));
  res.set({ "Content-Security-Policy": ownFilesOnly, "Cache-Control": "no-store" });
  res
    .type("html")
    .send(`<!doctype html><title>Statuswire</title><meta http-equiv="refresh" content="0;url=${url}">`);
}
