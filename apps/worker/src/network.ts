import { FetchError, type FetchReason } from "@statuswire/outbound";
import { networkLost, networkRestored } from "@statuswire/status";
import type { Networks } from "@statuswire/store";
import type { Tell } from "@statuswire/telemetry";

interface Dependencies {
  networks: Networks;
  tell: Tell;
}

/** Hears how each request to a page ended, and declares once that our own network is down, and once that it is back. */
export interface NetworkWatch {
  /** Whether our own network is down; `error` is what ended the request, if anything did. */
  heard(page: string, how: { at: string; error?: Error }): Promise<boolean>;
}

export function createNetworkWatch({ networks, tell }: Dependencies): NetworkWatch {
  return {
    async heard(page, { at, error }) {
      const isReached = !isUnreachable(error);
      const verdict = await networks.note(new URL(page).host, { isReached, at: Date.parse(at) });
      const { lostAt } = await (isReached && !verdict ? notAsked : networks.of());
      if (!verdict) return lostAt !== undefined;
      const { isLost, down, hosts } = verdict;
      const change = isLost ? networkLost({ at, down, hosts }) : networkRestored({ at, lostAt: lostAt ?? at });
      if (await networks.declare(change, { isLost, at })) tell(change.type as "network.lost", { down, hosts });
      return isLost;
    },
  };
}

// Who has an answer has no need to know.
const notAsked: ReturnType<Networks["of"]> = Promise.resolve({});

/** A name server without a network, or a hotel's, may lead to a private address. */
const unreachable: readonly FetchReason[] = ["unreachable", "timeout", "forbidden_address"];

/** Whether no answer came at all. An error that the host sends proves the network. */
function isUnreachable(error: Error | undefined): boolean {
  return error instanceof FetchError && error.status === undefined && unreachable.includes(error.reason);
}
