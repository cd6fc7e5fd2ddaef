import { attempt } from "./attempt.ts";
import { readUpTo } from "./body.ts";
import type { Client } from "./client.ts";
import { exchange } from "./exchange.ts";
import type { Guard } from "./guard.ts";
import { requestedDelayMs } from "./retry-after.ts";
import { decode } from "./text.ts";

const longestAnswer = 16 * 1024;

export interface Post {
  body: string;
  headers: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** For the whole exchange; createOutbound's `totalMs` when left out. */
  timeoutMs?: number;
  method?: "POST" | "PUT" | "PATCH";
}

/** What the other side said, whatever its status: a sink knows what its vendor means by it. */
export interface Answer {
  status: number;
  /** At most 16 kB of it. */
  text: string;
  /** Set when it asks us to wait: 429, or 503 with `Retry-After`. */
  retryAfterMs?: number;
}

interface Dependencies {
  client: Client;
  guard: Guard;
  totalMs: number;
}

/** One request with a body. A redirect is an answer like any other. Messages name the host only: paths of webhooks are secrets. */
export function post({ client, guard, totalMs }: Dependencies, url: URL, request: Post): Promise<Answer> {
  const { body: sent, headers, method = "POST", timeoutMs = totalMs } = request;
  const terms = { place: url.host, timeoutMs, signal: request.signal };

  return attempt(terms, async (signal) => {
    guard.check(url);
    const { response, body } = await exchange(await client.got(), url, { method, headers, body: sent, signal });
    const { blocks } = await readUpTo(longestAnswer, body);
    const status = response.statusCode;
    const retryAfterMs = requestedDelayMs(status, response.headers);
    const text = decode(Buffer.concat(blocks), response.headers["content-type"]);
    return { status, text, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  });
}
