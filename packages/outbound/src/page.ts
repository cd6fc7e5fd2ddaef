import type { IncomingHttpHeaders } from "node:http";
import { readUpTo } from "./body.ts";
import { FetchError } from "./errors.ts";
import type { Exchange } from "./exchange.ts";
import { refusal } from "./failures.ts";
import { decode } from "./text.ts";

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

export const unchanged: Fetched = Object.freeze({ kind: "unchanged", status: 304 });

/** Reads a page to its end, or to `maxBytes` after decompression. Any status but 2xx is a failure. */
export async function readPage(
  { response, body }: Exchange,
  { url, maxBytes }: { url: URL; maxBytes: number },
): Promise<Fetched> {
  const { statusCode: status, headers } = response;
  if (status < 200 || status > 299) {
    body.destroy();
    throw refusal(placeOf(url), status, headers);
  }
  const { blocks, cut } = await readUpTo(maxBytes, body);
  if (cut) throw tooLarge(url, maxBytes);
  const bytes = Buffer.concat(blocks);
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

/** How a message names a page: nothing that may be a secret. */
export function placeOf({ host, pathname }: URL): string {
  return host + pathname;
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
