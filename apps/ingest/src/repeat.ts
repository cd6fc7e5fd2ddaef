import { setTimeout as delay } from "node:timers/promises";

export interface Repeated {
  /** Starts no further round, resolves once none runs. */
  stop(): Promise<void>;
}

/** Does something again and again, `everyMs` after the last time ended. What it throws is its own to catch. */
export function repeat(everyMs: number, perform: () => Promise<void>): Repeated {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await perform();
      await delay(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const ended = run();
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}
