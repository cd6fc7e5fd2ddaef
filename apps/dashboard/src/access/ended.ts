import { prefix } from "@statuswire/queues";
import type { Redis } from "ioredis";
import type { Session } from "./session.ts";

/** Which sessions were ended before their time. Every dashboard on the same Redis knows. */
export interface Ended {
  has(session: Session): Promise<boolean>;
  add(session: Session): Promise<void>;
}

export function createEnded(redis: Redis): Ended {
  const keyOf = ({ id }: Session) => `${prefix}:session-ended:${id}`;
  return {
    has: async (session) => (await redis.exists(keyOf(session))) === 1,
    async add(session) {
      await redis.set(keyOf(session), "1", "PXAT", session.until);
    },
  };
}
