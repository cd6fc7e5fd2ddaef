import { HttpError } from "@statuswire/service";
import type { RequestHandler } from "express";

/** Refuses what node:http lets pass: more headers than it would keep, and a second Host (RFC 9112 §3.2). */
export function requestLimits({ headers }: { headers: number }): RequestHandler {
  return ({ rawHeaders }, _res, next) => {
    if (rawHeaders.length > headers * 2) {
      throw new HttpError(431, "too_many_headers", { detail: `A request has ${headers} headers at most.` });
    }
    if (hasTwoHosts(rawHeaders)) throw new HttpError(400, "two_hosts", { detail: "A request names one Host." });
    next();
  };
}

// Names and values take turns.
function hasTwoHosts(rawHeaders: readonly string[]): boolean {
  let hosts = 0;
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i];
    if (name?.length === 4 && name.toLowerCase() === "host") hosts++;
  }
  return hosts > 1;
}
