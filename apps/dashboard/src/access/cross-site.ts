import { HttpError } from "@statuswire/service";
import type { Request, RequestHandler } from "express";

export interface Origins {
  /** Names by which we are called. */
  hosts(): readonly string[];
  /** Origins whose pages may use the API with a token. */
  corsOrigins: readonly string[];
}

/** Whether a request asks for a change. */
export function isWrite({ method }: Pick<Request, "method">): boolean {
  return !["GET", "HEAD", "OPTIONS"].includes(method);
}

/** Lets a write through only from our own page or from a program: another site's page must not act in a visitor's name. */
export function refuseCrossSite(origins: Origins): RequestHandler {
  return (req, _res, next) => {
    if (isWrite(req) && isFromElsewhere(req, origins))
      throw new HttpError(403, "cross_site", { detail: "Another site's page may not change anything here." });
    next();
  };
}

// Browsers send Sec-Fetch-Site to HTTPS and loopback only, Origin with every write. Programs send neither.
function isFromElsewhere(req: Request, { hosts, corsOrigins }: Origins): boolean {
  const site = req.get("Sec-Fetch-Site");
  const origin = req.get("Origin");
  // A page that brings a token acts in nobody's name but the token's.
  if (origin !== undefined && corsOrigins.includes(origin) && req.get("Authorization") !== undefined) return false;
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  if (origin === undefined) return false;
  if (!URL.canParse(origin)) return true;
  const { host, hostname } = new URL(origin);
  return host !== req.get("Host") && !hosts().includes(hostname);
}
