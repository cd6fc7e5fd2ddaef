import { hostnameIn, HttpError, isAddressOrLocalhost } from "@statuswire/service";
import type { RequestHandler } from "express";

/**
 * Answers only to our own names. A page elsewhere can have its own name resolve to our address and so read as if it were ours
 * (DNS rebinding); it can't do so with an address or with localhost.
 */
export function refuseForeignHosts(hosts: () => readonly string[]): RequestHandler {
  return (req, _res, next) => {
    const name = hostnameIn(req.get("Host") ?? "");
    if (isAddressOrLocalhost(name) || hosts().includes(name)) next();
    else
      throw new HttpError(403, "foreign_host", {
        detail:
          "This dashboard does not answer to that host name. If it is its own, set PUBLIC_URL to its address, or add it to DASHBOARD_HOSTS.",
      });
  };
}
