import { setTimeout as delay } from "node:timers/promises";
import { opening } from "./path.ts";

/** Webhooks that are each posted until they are accepted. */
export interface Posting {
  /** When each was first posted, by its title; by `performance.now()`. */
  readonly postedAt: ReadonlyMap<string, number>;
  /** The titles of those accepted so far. */
  readonly accepted: ReadonlySet<string>;
  /** Posts no new ones; resolves with the titles of all, once all are accepted. */
  stop(): Promise<string[]>;
  /** Posts nothing any more, accepted or not. */
  giveUp(): void;
}

const retryMs = 200;
const patienceMs = 3000;

/** Posts so many a second, each about an incident of its own. */
export function postAll(url: () => string, perSecond: number): Posting {
  const postedAt = new Map<string, number>();
  const accepted = new Set<string>();
  const underway: Promise<unknown>[] = [];
  let isGivenUp = false;
  const timer = setInterval(() => {
    const webhook = opening(postedAt.size);
    postedAt.set(webhook.title, performance.now());
    underway.push(insist(url, webhook, () => isGivenUp).then(() => accepted.add(webhook.title)));
  }, 1000 / perSecond);

  return {
    postedAt,
    accepted,
    async stop() {
      clearInterval(timer);
      await Promise.all(underway);
      return [...postedAt.keys()];
    },
    giveUp() {
      clearInterval(timer);
      isGivenUp = true;
    },
  };
}

/** Posts a webhook until it is accepted, or given up. */
export async function insist(
  url: () => string,
  { path, body }: ReturnType<typeof opening>,
  isGivenUp = () => false,
): Promise<void> {
  while (!(await isAccepted(`${url()}${path}`, body)) && !isGivenUp()) await delay(retryMs);
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
