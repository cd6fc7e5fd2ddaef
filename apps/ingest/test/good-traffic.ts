import { setTimeout as delay } from "node:timers/promises";
import type { Door } from "./door.ts";

export interface GoodTraffic {
  /** Ends it, and gives back how each webhook was answered. */
  stop(): Promise<number[]>;
}

/** An honest sender: one webhook after the other, each another, all along. */
export function startGoodTraffic(door: Door): GoodTraffic {
  const statuses: number[] = [];
  let isOver = false;
  const ended = send();

  async function send(): Promise<void> {
    while (!isOver) {
      const status = await door.post("good", JSON.stringify({ good: statuses.length })).then(
        (response) => response.status,
        () => 0,
      );
      statuses.push(status);
      await delay(5);
    }
  }

  return {
    async stop() {
      isOver = true;
      await ended;
      return statuses;
    },
  };
}
