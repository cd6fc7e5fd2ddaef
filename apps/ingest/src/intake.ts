import type { Observation, Observations } from "@statuswire/queues";
import { busy } from "./admission.ts";
import type { Capacity } from "./capacity.ts";

interface Dependencies {
  observations: Observations;
  capacity: Pick<Capacity, "refusal" | "count">;
  limits: { inFlight: number };
}

/** Hands observations to the queue, so many at once at most. Resolves once Redis has it; throws HttpError 503. */
export function createIntake({ observations, capacity, limits }: Dependencies) {
  let inFlight = 0;

  return async function take(observation: Observation): Promise<void> {
    if (inFlight >= limits.inFlight) throw busy("Too many webhooks at once.");
    const refusal = capacity.refusal();
    if (refusal !== undefined) throw busy(refusal);
    inFlight++;
    capacity.count(Buffer.byteLength(observation.body));
    try {
      await observations.add(observation);
    } catch {
      throw busy("Redis is not answering.");
    } finally {
      inFlight--;
    }
  };
}
