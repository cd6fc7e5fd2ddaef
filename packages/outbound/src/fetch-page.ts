import { attempt } from "./attempt.ts";
import type { Client } from "./client.ts";
import { exchange } from "./exchange.ts";
import type { Guard } from "./guard.ts";
import { placeOf, readPage, unchanged, type Fetched, type Validators } from "./page.ts";
import { isRedirect, redirectTarget, tooManyRedirects } from "./redirect.ts";

const maxRedirects = 3;

export interface PageOptions {
  signal?: AbortSignal;
  /** Sent to the URL's own origin only: a redirect elsewhere goes without them. */
  headers?: Readonly<Record<string, string>>;
}

interface Dependencies {
  client: Client;
  guard: Guard;
  maxBytes: number;
  totalMs: number;
}

interface Wanted {
  url: URL;
  known: Validators;
  options: PageOptions;
}

/** One conditional GET, over at most three redirects, each checked before it is followed. */
export function fetchPage(dependencies: Dependencies, { url, known, options }: Wanted): Promise<Fetched> {
  const { client, guard, maxBytes, totalMs } = dependencies;
  const terms = { place: placeOf(url), timeoutMs: totalMs, signal: options.signal };
  const conditions = { "if-none-match": known.etag, "if-modified-since": known.lastModified };
  const isConditional = known.etag !== undefined || known.lastModified !== undefined;

  return attempt(terms, async (signal) => {
    let from = url;
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      guard.check(from);
      const own = from.origin === url.origin ? options.headers : {};
      const asked = { method: "GET" as const, headers: { ...own, ...conditions }, signal };
      const answered = await exchange(await client.got(), from, asked);
      if (isConditional && answered.response.statusCode === 304) return unchanged;
      if (!isRedirect(answered.response)) return readPage(answered, { url: from, maxBytes });
      answered.body.destroy();
      from = redirectTarget(from, answered.response);
    }
    throw tooManyRedirects(url, maxRedirects);
  });
}
