import { createOutbound, type Outbound, type OutboundOptions } from "@statuswire/outbound";

/** Outgoing requests, by settings that may change. */
export interface Renewable extends Outbound {
  /** From now on it is these. Requests under way end on the old connections, which are closed behind the last of them. */
  renew(options: OutboundOptions): void;
}

/** Outgoing requests by these settings, until others come into force. */
export function renewable(options: OutboundOptions): Renewable {
  const lent = new Set<Lent>();
  let current = lend(options, lent);
  return {
    fetchPage: (...request) => current.use(({ fetchPage }) => fetchPage(...request)),
    post: (...request) => current.use(({ post }) => post(...request)),
    close() {
      for (const { close } of lent) close();
    },
    renew(changed) {
      const before = current;
      current = lend(changed, lent);
      before.retire();
    },
  };
}

interface Lent {
  use<Answer>(ask: (outbound: Outbound) => Promise<Answer>): Promise<Answer>;
  /** Closes it once nobody uses it any more. */
  retire(): void;
  close(): void;
}

function lend(options: OutboundOptions, all: Set<Lent>): Lent {
  const outbound = createOutbound(options);
  let users = 0;
  let isRetired = false;
  const lent: Lent = {
    async use(ask) {
      users++;
      try {
        return await ask(outbound);
      } finally {
        users--;
        closeIfLeft();
      }
    },
    retire() {
      isRetired = true;
      closeIfLeft();
    },
    close() {
      outbound.close();
      all.delete(lent);
    },
  };
  all.add(lent);
  return lent;

  function closeIfLeft(): void {
    if (isRetired && users === 0) lent.close();
  }
}
