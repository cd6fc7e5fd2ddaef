import { HttpError } from "@statuswire/service";
import type { Request, RequestHandler } from "express";

/** Lets a write through only from our own page or from a program: another site's page must not act in a visitor's name. */
export const refuseCrossSite: RequestHandler = (req, _res, next) => {
  if (isFromElsewhere(req))
    throw new HttpError(403, "cross_site", { detail: "Another site's page may not change anything here." });
  next();
};

// Browsers send Sec-Fetch-Site to HTTPS and loopback only, Origin with every write. Programs send neither.
function isFromElsewhere(req: Request): boolean {
  const site = req.get("Sec-Fetch-Site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = req.get("Origin");
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== req.get("Host"));
}
