import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "../rig/random.ts";

/** How posts were answered. */
export interface Answers {
  attempted: number;
  /** 202. */
  accepted: number;
  /** Any other answer. */
  refused: number;
  /** No answer. */
  unknown: number;
}

export interface Sender {
  readonly answers: Readonly<Answers>;
  /** Posts a webhook one to three times, each some time soon, so that they overtake each other; each until it is accepted. */
  send(provider: string, push: object): void;
  /** How many webhooks have not been accepted yet. */
  underway(): number;
  /** Gives up what is under way. */
  stop(): void;
}

interface Options {
  /** Where ingest listens. */
  url: string;
  random: Random;
}

/** Within which copies and neighbours are shuffled. */
const windowMs = 1500;
const answerMs = 3000;

/** Posts webhooks as vendors do who insist. */
export function createSender({ url, random }: Options): Sender {
  const answers: Answers = { attempted: 0, accepted: 0, refused: 0, unknown: 0 };
  let underway = 0;
  let isStopped = false;

  async function insist(provider: string, body: string): Promise<void> {
    underway++;
    await delay(random.between(0, windowMs));
    while (!isStopped && !(await post(provider, body))) await delay(random.between(500, 3000));
    underway--;
  }

  async function post(provider: string, body: string): Promise<boolean> {
    answers.attempted++;
    const headers = { "content-type": "application/json" };
    try {
      const signal = AbortSignal.timeout(answerMs);
      const response = await fetch(`${url}/webhooks/${provider}`, { method: "POST", headers, body, signal });
      const isAccepted = response.status === 202;
      await response.arrayBuffer().catch(() => undefined);
      answers[isAccepted ? "accepted" : "refused"]++;
      return isAccepted;
    } catch {
      answers.unknown++;
      return false;
    }
  }

  return {
    answers,
    send(provider, push) {
      const body = JSON.stringify(push);
      const copies = random.between(1, 3);
      for (let copy = 0; copy < copies; copy++) void insist(provider, body);
    },
    underway: () => underway,
    stop() {
      isStopped = true;
    },
  };
}
