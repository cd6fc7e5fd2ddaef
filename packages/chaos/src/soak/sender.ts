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
  /** Posts a webhook once all before it of the provider are accepted, until it is accepted itself; some once more afterwards. */
  sendInOrder(provider: string, push: object): void;
  /** By provider: the bodies that came one after another, in the order in which they were accepted. */
  readonly inOrder: ReadonlyMap<string, readonly string[]>;
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
const redeliveryRate = 0.2;

/** Posts webhooks as vendors do who insist. */
export function createSender({ url, random }: Options): Sender {
  const answers: Answers = { attempted: 0, accepted: 0, refused: 0, unknown: 0 };
  const inOrder = new Map<string, string[]>();
  const last = new Map<string, Promise<void>>();
  let underway = 0;
  let isStopped = false;

  async function insist(provider: string, body: string): Promise<void> {
    underway++;
    await delay(random.between(0, windowMs));
    await postUntilAccepted(provider, body);
    underway--;
  }

  async function postUntilAccepted(provider: string, body: string): Promise<void> {
    while (!isStopped && !(await post(provider, body))) await delay(random.between(500, 3000));
  }

  async function postAfter(before: Promise<void> | undefined, provider: string, body: string): Promise<void> {
    underway++;
    await before;
    await postUntilAccepted(provider, body);
    inOrder.set(provider, [...(inOrder.get(provider) ?? []), body]);
    if (random.chance(redeliveryRate)) await postUntilAccepted(provider, body);
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
    sendInOrder(provider, push) {
      last.set(provider, postAfter(last.get(provider), provider, JSON.stringify(push)));
    },
    inOrder,
    underway: () => underway,
    stop() {
      isStopped = true;
    },
  };
}
