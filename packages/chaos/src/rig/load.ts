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

/** How fast webhooks are posted, and what they carry besides a body; nothing, unless said. */
interface Stream {
  perSecond: number;
  headersOf?: HeadersOf;
}

type HeadersOf = (body: string) => Record<string, string>;

/** So many posts a second, however they are answered. */
export function startStream(url: string, { perSecond, headersOf }: Stream): Load {
  const poster = createPoster(url, headersOf);
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

function createPoster(url: string, headersOf: HeadersOf = () => ({})) {
  const answers: Answer[] = [];
  const run = `${process.pid}-${performance.now()}`;
  let count = 0;

  async function post(): Promise<void> {
    const startedAt = performance.now();
    const body = JSON.stringify({ run, number: count++ });
    const { status, ...rest } = await ask(`${url}/webhooks/load`, { body, headers: headersOf(body) });
    const at = performance.now();
    answers.push({ status, ...rest, at, took: at - startedAt });
  }

  return { answers, post };
}

interface Post {
  body: string;
  headers: Record<string, string>;
}

async function ask(
  url: string,
  { body, headers: own }: Post,
): Promise<Pick<Answer, "status" | "id" | "saysWhen">> {
  const headers = { "content-type": "application/json", ...own };
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

/** How long all but this share of the slowest took, in ms. */
export function quantile(answers: readonly Answer[], share: number): number {
  const times = answers.map(({ took }) => took).sort((a, b) => a - b);
  return times[Math.ceil(times.length * share) - 1] ?? 0;
}
