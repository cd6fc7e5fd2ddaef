import { isIP } from "node:net";
import { HttpError } from "@statuswire/service";
import type { RequestHandler } from "express";

/**
 * Answers only to our own names. A page elsewhere can have its own name resolve to our address and so read as if it were ours
 * (DNS rebinding); it can't do so with an address or with localhost.
 */
export function refuseForeignHosts(hosts: () => readonly string[]): RequestHandler {
  return (req, _res, next) => {
    const name = nameIn(req.get("Host") ?? "");
    const isOurs = isIP(name) || name === "localhost" || name.endsWith(".localhost") || hosts().includes(name);
    if (isOurs) next();
    else
      throw new HttpError(403, "foreign_host", {
        detail:
          "This dashboard does not answer to that host name. If it is its own, set PUBLIC_URL to its address, or add it to DASHBOARD_HOSTS.",
      });
  };
}

function nameIn(host: string): string {
  const url = `http://${host}`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : "";
}
