import type { IncomingHttpHeaders } from "node:http";
import { attempt } from "./attempt.ts";
import { readUpTo } from "./body.ts";
import type { Client } from "./client.ts";
import { FetchError } from "./errors.ts";
import { exchange, type Exchange } from "./exchange.ts";
import { refusal } from "./failures.ts";
import type { Guard } from "./guard.ts";
import { redirectTarget, tooManyRedirects } from "./redirect.ts";
import { decode } from "./text.ts";

const maxRedirects = 3;

/** What a server gave us to recognise a page by. */
export interface Validators {
  etag?: string;
  lastModified?: string;
}

export type Fetched =
  | { kind: "unchanged"; status: 304 }
  | {
      kind: "fresh";
      status: number;
      text: string;
      /** After decompression. */
      bytes: number;
      contentType?: string;
      validators: Validators;
      /** Where the page was found, after redirects. */
      url: string;
      /** For how long the server says that asking again is useless. */
      maxAgeSeconds?: number;
    };

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
  const terms = { place: placeOf(url), timeoutMs: dependencies.totalMs, signal: options.signal };
  const conditions = { "if-none-match": known.etag, "if-modified-since": known.lastModified };
  const isConditional = known.etag !== undefined || known.lastModified !== undefined;

  return attempt(terms, async (signal) => {
    let from = url;
    for (let redirects = 0; redirects <= maxRedirects; redirects++) {
      dependencies.guard.check(from);
      const own = from.origin === url.origin ? options.headers : {};
      const asked = { method: "GET" as const, headers: { ...own, ...conditions }, signal };
      const answered = await exchange(dependencies.client.got, from, asked);
      const to = nextOf(from, answered);
      if (!to)
        return isConditional && isUnchanged(answered) ? unchanged : read(answered, from, dependencies.maxBytes);
      from = to;
    }
    throw tooManyRedirects(url, maxRedirects);
  });
}

const unchanged: Fetched = Object.freeze({ kind: "unchanged", status: 304 });

function isUnchanged({ response, body }: Exchange): boolean {
  if (response.statusCode !== 304) return false;
  body.resume();
  return true;
}

function nextOf(from: URL, { response, body }: Exchange): URL | undefined {
  try {
    const to = redirectTarget(from, response);
    if (to) body.destroy();
    return to;
  } catch (error) {
    body.destroy();
    throw error;
  }
}

async function read({ response, body }: Exchange, url: URL, maxBytes: number): Promise<Fetched> {
  const { statusCode: status, headers } = response;
  if (status < 200 || status > 299) {
    body.destroy();
    throw refusal(placeOf(url), status, headers);
  }
  const { bytes, cut } = await readUpTo(maxBytes, body);
  if (cut) throw tooLarge(url, maxBytes);
  const contentType = headers["content-type"];
  return {
    kind: "fresh",
    status,
    text: decode(bytes, contentType),
    bytes: bytes.length,
    validators: validatorsOf(headers),
    url: url.href,
    ...(contentType !== undefined && { contentType }),
    ...maxAge(headers),
  };
}

function validatorsOf({ etag, "last-modified": lastModified }: IncomingHttpHeaders): Validators {
  return { ...(etag && { etag }), ...(lastModified && { lastModified }) };
}

function maxAge({ "cache-control": control = "" }: IncomingHttpHeaders): { maxAgeSeconds?: number } {
  const seconds = /(?:^|[,\s])max-age="?(\d{1,9})/i.exec(control)?.[1];
  return seconds === undefined ? {} : { maxAgeSeconds: Number(seconds) };
}

function tooLarge({ host }: URL, maxBytes: number): FetchError {
  const message = `${host} sends more than ${maxBytes} bytes; check that the address is that of a status page.`;
  return new FetchError(message, { reason: "too_large" });
}

function placeOf({ host, pathname }: URL): string {
  return host + pathname;
}
