import { setTimeout as delay } from "node:timers/promises";

/** How a post was answered. */
export interface Answer {
  /** 0: not at all. */
  status: number;
  /** In ms. */
  took: number;
  /** When, by `performance.now()`. */
  at: number;
  /** What ingest calls what it has accepted. */
  id?: string;
  /** Whether it says when to come again. */
  saysWhen: boolean;
}

/** Webhooks with bodies of their own, and what became of each. */
export interface Load {
  /** In the order in which they were answered. */
  readonly answers: readonly Answer[];
  /** Sends no more, and resolves once all are answered. */
  stop(): Promise<void>;
}

const patienceMs = 3000;
const tickMs = 20;

/** So many senders, each of which posts its next once its last is answered. */
export function startSenders(url: string, count: number): Load {
  const poster = createPoster(url);
  let isStopped = false;
  const send = async () => {
    while (!isStopped) await poster.post();
  };
  const sending = Promise.all(Array.from({ length: count }, send));
  return {
    answers: poster.answers,
    async stop() {
      isStopped = true;
      await sending;
    },
  };
}

/** So many posts a second, however they are answered. */
export function startStream(url: string, perSecond: number): Load {
  const poster = createPoster(url);
  const underway = new Set<Promise<void>>();
  const startedAt = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    const due = ((performance.now() - startedAt) / 1000) * perSecond;
    for (; sent < due; sent++) {
      const post = poster.post().finally(() => underway.delete(post));
      underway.add(post);
    }
  }, tickMs);
  return {
    answers: poster.answers,
    async stop() {
      clearInterval(timer);
      while (underway.size) await Promise.all([...underway, delay(tickMs)]);
    },
  };
}

function createPoster(url: string) {
  const answers: Answer[] = [];
  const run = `${process.pid}-${performance.now()}`;
  let count = 0;

  async function post(): Promise<void> {
    const startedAt = performance.now();
    const { status, ...rest } = await ask(`${url}/webhooks/load`, JSON.stringify({ run, number: count++ }));
    const at = performance.now();
    answers.push({ status, ...rest, at, took: at - startedAt });
  }

  return { answers, post };
}

async function ask(url: string, body: string): Promise<Pick<Answer, "status" | "id" | "saysWhen">> {
  const headers = { "content-type": "application/json" };
  try {
    const response = await fetch(url, { method: "POST", headers, body, signal: AbortSignal.timeout(patienceMs) });
    const { id } = (await response.json()) as { id?: string }; // Ingest's answer, or its problem.
    const saysWhen = Number(response.headers.get("retry-after")) > 0;
    return { status: response.status, saysWhen, ...(id === undefined ? {} : { id }) };
  } catch {
    return { status: 0, saysWhen: false };
  }
}

/** The ids of what was accepted. */
export function acceptedIn({ answers }: Load): string[] {
  return answers.flatMap(({ status, id }) => (status === 202 && id !== undefined ? [id] : []));
}
