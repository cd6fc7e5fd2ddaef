import { z } from "zod";
import type { Known, Stale } from "./known.ts";
import { patienceMs } from "./patience.ts";
import { Time } from "./snapshot.ts";

/** Whether our own network is down, since when, and since when it is not any more. */
export const NetworkState = z.object({ lostAt: Time.optional(), restoredAt: Time.optional() });
export type NetworkState = z.infer<typeof NetworkState>;

/** How a provider's polls go. */
export interface PollState {
  polledAt?: string | undefined;
  failures: number;
  failingSince?: string | undefined;
  /** Why the last poll failed, if it did. */
  outcome?: string | undefined;
  /** When the page was last read, whether it said anything new or not. */
  readAt?: string | undefined;
}

interface Evidence {
  known: Known;
  reading: PollState;
  network: NetworkState;
  /** How often the page is polled; undefined when it is not any more. */
  everySeconds: number | undefined;
  /** Epoch ms. */
  now: number;
}

/** When a page that has failed since then becomes stale, in epoch ms. Time without a network of our own does not count. */
export function staleFrom(failingSince: string, everySeconds: number, { restoredAt }: NetworkState): number {
  const since = restoredAt !== undefined && restoredAt > failingSince ? restoredAt : failingSince;
  return Date.parse(since) + patienceMs(everySeconds);
}

/**
 * Why what is known of a provider can't be relied on, and since when; undefined while it can. Computed from the time, too: true from
 * the second on in which it becomes true, whether or not a worker has recorded it.
 */
export function stalenessOf({ known, reading, network, everySeconds, now }: Evidence): Stale | undefined {
  const { stale } = known.page;
  if (stale) return stale;
  if (network.lostAt !== undefined) return { since: network.lostAt, reason: networkIsLost };
  if (everySeconds === undefined) return undefined;
  const { polledAt, failures, failingSince, outcome } = reading;
  if (failures > 0 && failingSince !== undefined) {
    const from = staleFrom(failingSince, everySeconds, network);
    if (now >= from) return { since: new Date(from).toISOString(), reason: outcome ?? "cannot be read" };
  }
  if (polledAt === undefined || now - Date.parse(polledAt) <= patienceMs(everySeconds)) return undefined;
  return { reason: "nobody polls it; is a worker running?", since: polledAt };
}

/** Why a page has not been read yet; undefined once it has. */
export function unreadReason(
  known: Known,
  reading: Pick<PollState, "outcome" | "readAt"> = {},
): string | undefined {
  if ((reading.readAt ?? known.page.readAt) !== undefined) return undefined;
  return reading.outcome ?? "it has not been polled yet; is a worker running?";
}

/** Why no provider's state can be relied on while our own network is down. */
export const networkIsLost = "our own network is down";
