import { prefix } from "@statuswire/queues";
import { HttpError, network, type TakeFromBuckets } from "@statuswire/service";
import type { RequestHandler } from "express";

interface Limit {
  take: TakeFromBuckets;
  /** Requests a minute from one address; undefined: as many as come. */
  perAddress: number | undefined;
}

/** Refuses with 429 what an address asks too often. */
export function limitRate({ take, perAddress }: Limit): RequestHandler {
  return async (req, _res, next) => {
    if (perAddress !== undefined) {
      const key = `${prefix}:rate:window:${network(req.ip ?? "")}`;
      // Fails open: without Redis there is nothing to read either.
      const waitMs = await take([{ key, perMinute: perAddress }]).catch(() => 0);
      if (waitMs > 0) throw tooMany("You ask too often.", waitMs);
    }
    next();
  };
}

/** A refusal that says when to come again. */
export function tooMany(detail: string, waitMs: number): HttpError {
  return new HttpError(429, "too_many_requests", { detail, retryAfterSeconds: Math.ceil(waitMs / 1000) });
}
