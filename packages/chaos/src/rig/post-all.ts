import { setTimeout as delay } from "node:timers/promises";
import { opening } from "./path.ts";

/** Webhooks that are each posted until they are accepted. */
export interface Posting {
  /** When each was first posted, by its title; by `performance.now()`. */
  readonly postedAt: ReadonlyMap<string, number>;
  /** Posts no new ones; resolves with the titles of all, once all are accepted. */
  stop(): Promise<string[]>;
}

const retryMs = 200;
const patienceMs = 3000;

/** Posts so many a second, each about an incident of its own. */
export function postAll(url: () => string, perSecond: number): Posting {
  const postedAt = new Map<string, number>();
  const underway: Promise<void>[] = [];
  const timer = setInterval(() => {
    const webhook = opening(postedAt.size);
    postedAt.set(webhook.title, performance.now());
    underway.push(insist(url, webhook));
  }, 1000 / perSecond);

  return {
    postedAt,
    async stop() {
      clearInterval(timer);
      await Promise.all(underway);
      return [...postedAt.keys()];
    },
  };
}

/** Posts a webhook until it is accepted. */
export async function insist(url: () => string, { path, body }: ReturnType<typeof opening>): Promise<void> {
  while (!(await isAccepted(`${url()}${path}`, body))) await delay(retryMs);
}

async function isAccepted(url: string, body: string): Promise<boolean> {
  const headers = { "content-type": "application/json" };
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(patienceMs) });
    await response.arrayBuffer();
    return response.status === 202;
  } catch {
    return false;
  }
}
