import type { Provider } from "@statuswire/config";
import type { Observation, Poll } from "@statuswire/queues";
import { tellTrouble } from "@statuswire/service";
import { RetryLaterError } from "@statuswire/status";
import type { Reading, Readings } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";
import { formatOf } from "./adapt.ts";
import type { Watched } from "./watched.ts";

interface Dependencies {
  watched: Watched;
  readings: Readings;
  observe(observation: Observation): Promise<unknown>;
  poll(poll: Poll, circumstances: { isUrgent: boolean }): Promise<unknown>;
  tell: Tell;
  now(): Date;
}

const againMs = 1_000;

/**
 * Takes what was observed for what it is worth. What anybody may have sent is a reason to ask the page, and what the page says
 * counts. It counts by itself where the page can't be asked, or can't be read just now: then nobody else would tell.
 * Throws RetryLaterError until the page has been asked since we heard: nothing else of the partition waits for the page's answer.
 */
export function createHearer({ watched, readings, observe, poll, tell, now }: Dependencies) {
  return async function hear(observation: Observation): Promise<unknown> {
    if (!observation.isHint || !canBeAsked(watched.named(observation.provider))) return observe(observation);
    const { provider } = observation;
    // A clock ahead of ours must not make us wait for its time.
    const heardAt = Math.min(Date.parse(observation.receivedAt), now().getTime());
    const reading = await readings.of(provider);
    if (!isSince(heardAt, reading) && reading.notBefore <= now().getTime()) {
      poll({ v: 1, provider }, { isUrgent: true }).catch((error: unknown) =>
        tellTrouble(tell, { provider, error }),
      );
      throw new RetryLaterError(`The page of ${provider} is being asked.`, { delayMs: againMs });
    }
    if (reading.failures > 0) return observe(observation);
    if (!isSince(heardAt, reading))
      throw new RetryLaterError(`The page of ${provider} is not to be asked yet.`, { delayMs: againMs });
    tell("hint.followed", { provider });
    return "followed";
  };
}

function canBeAsked(provider: Provider): boolean {
  return formatOf(provider).ways.length > 0;
}

function isSince(heardAt: number, { polledAt }: Reading): boolean {
  return polledAt !== undefined && Date.parse(polledAt) >= heardAt;
}
