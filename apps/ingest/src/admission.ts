import { HttpError } from "@statuswire/service";
import type { Capacity } from "./capacity.ts";
import type { Budgeted, RateLimit } from "./rate-limit.ts";

interface Dependencies {
  rateLimit: RateLimit;
  capacity: Pick<Capacity, "refusal">;
}

export interface Admission {
  /** Before a body is read: refuses what comes too often from one address, or when too much is waiting. Throws HttpError 429 or 503. */
  enter(sender: { ip?: string | undefined }): Promise<void>;
  /** Counts a request in a budget. Throws HttpError 429 when that is spent. */
  count(budgeted: Budgeted): Promise<void>;
}

/** Who gets in, and how often. */
export function createAdmission({ rateLimit, capacity }: Dependencies): Admission {
  async function count(budgeted: Budgeted): Promise<void> {
    const waitMs = await rateLimit.take(budgeted);
    if (waitMs > 0) throw tooMany(Math.ceil(waitMs / 1000));
  }

  return {
    count,
    async enter({ ip = "" }) {
      const refusal = capacity.refusal();
      if (refusal !== undefined) throw busy(refusal);
      await count({ address: ip });
    },
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
