import type { IncomingMessage } from "node:http";
import { hostnameIn, HttpError, isAddressOrLocalhost } from "@statuswire/service";
import type { Tell } from "@statuswire/telemetry";
import type { Request, RequestHandler } from "express";

/** Refuses what a page of another website makes a browser send. Programs send neither of the headers that tell this. */
export function refuseCrossSite({ tell }: { tell: Tell }): RequestHandler {
  return (req, _res, next) => {
    if (isCrossSite(req) && !isLink(req)) {
      const origin = req.get("Origin");
      tell("webhook.refused", { reason: "cross-site", origin });
      throw new HttpError(403, "cross_site", {
        detail:
          "A web page made a browser send this, and webhooks come from servers. " +
          "Send it from a server, without the headers Origin and Sec-Fetch-Site.",
      });
    }
    next();
  };
}

/**
 * Throws HttpError 403 unless a request without proof names a host of ours, an address or localhost. A page elsewhere can have its
 * own name resolve to our address (DNS rebinding), and is then no other site. Browsers always send a Host.
 */
export function refuseForeignHost(
  { headers }: Pick<IncomingMessage, "headers">,
  isOwnHost: (name: string) => boolean,
): void {
  if (!headers.host) return;
  const name = hostnameIn(headers.host);
  if (isAddressOrLocalhost(name) || isOwnHost(name)) return;
  throw new HttpError(403, "foreign_host", {
    detail:
      `Webhooks without proof are accepted at known host names only, and "${name}" is not one. ` +
      "If it is the name of this server, add it to INGEST_HOSTS, set it as PUBLIC_URL or `publicUrl`, or give the provider a secret with `verify`.",
  });
}

// Browsers send Sec-Fetch-Site to HTTPS and loopback only, Origin with every write.
function isCrossSite(req: Request): boolean {
  const site = req.get("Sec-Fetch-Site");
  if (site !== undefined) return site !== "same-origin" && site !== "none";
  const origin = req.get("Origin");
  return origin !== undefined && hostIn(origin) !== req.get("Host");
}

// Whoever follows a link asks for himself, and the page that has the link sees nothing of the answer.
function isLink(req: Request): boolean {
  return ["GET", "HEAD"].includes(req.method) && req.get("Sec-Fetch-Mode") === "navigate";
}

function hostIn(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
