import { HttpError } from "@statuswire/service";
import type { RateLimit } from "./rate-limit.ts";

interface Dependencies {
  /** Undefined when nothing is limited. */
  rateLimit: RateLimit | undefined;
  isQueueFull(): boolean;
}

/** Refuses what comes too often, or when too much is waiting, before its body is read. Throws HttpError 429 or 503. */
export function createAdmission({ rateLimit, isQueueFull }: Dependencies) {
  return async function admit(provider: string, sender: { ip?: string | undefined }): Promise<void> {
    if (isQueueFull()) throw busy("Too much is waiting to be worked off.");
    const waitMs = rateLimit ? await rateLimit.take(provider, sender.ip ?? "") : 0;
    if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000));
  };
}

/** 503: nothing was accepted, and trying again will help. */
export function busy(reason: string): HttpError {
  const detail = `${reason} Nothing was accepted; send it again in a few seconds.`;
  return new HttpError(503, "unavailable", { detail, retryAfterSeconds: 5 });
}

function tooMany(retryAfterSeconds: number): HttpError {
  const detail = `Too many webhooks. Nothing was accepted; send it again in ${retryAfterSeconds} s.`;
  return new HttpError(429, "too_many_requests", { detail, retryAfterSeconds });
}
