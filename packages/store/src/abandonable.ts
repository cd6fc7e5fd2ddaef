/** Waiting that can be given up, all of it at once and for good. */
export interface Abandonable {
  /** Waits as `ask` does, but rejects once everything is abandoned. */
  wait<Answer>(ask: () => Promise<Answer>): Promise<Answer>;
  abandon(reason: Error): void;
}

/** For whoever closes a connection: ioredis never answers what it was asked when that happens between two tries to connect. */
export function abandonable(): Abandonable {
  const waiting = new Set<(reason: Error) => void>();
  let abandoned: Error | undefined;

  return {
    async wait(ask) {
      if (abandoned) throw abandoned;
      let giveUp: (reason: Error) => void = () => undefined;
      const never = new Promise<never>((_resolve, reject) => (giveUp = reject));
      waiting.add(giveUp);
      try {
        return await Promise.race([ask(), never]);
      } finally {
        waiting.delete(giveUp);
      }
    },
    abandon(reason) {
      abandoned = reason;
      for (const giveUp of waiting) giveUp(reason);
    },
  };
}
