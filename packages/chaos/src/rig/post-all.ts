import { setTimeout as delay } from "node:timers/promises";
import { opening } from "./path.ts";

/** Webhooks that are each posted until they are accepted. */
export interface Posting {
  /** Posts no new ones; resolves with the titles of all, once all are accepted. */
  stop(): Promise<string[]>;
}

const retryMs = 200;
const patienceMs = 3000;

/** Posts so many a second, each about an incident of its own. */
export function postAll(url: () => string, perSecond: number): Posting {
  const titles: string[] = [];
  const underway: Promise<void>[] = [];
  const timer = setInterval(() => {
    const webhook = opening(titles.length);
    titles.push(webhook.title);
    underway.push(insist(webhook));
  }, 1000 / perSecond);

  async function insist({ path, body }: ReturnType<typeof opening>): Promise<void> {
    while (!(await isAccepted(`${url()}${path}`, body))) await delay(retryMs);
  }

  return {
    async stop() {
      clearInterval(timer);
      await Promise.all(underway);
      return titles;
    },
  };
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
