import type { IncomingHttpHeaders } from "node:http";
import { FetchError } from "./errors.ts";

const redirects = new Set([301, 302, 303, 307, 308]);

export interface Redirecting {
  statusCode: number;
  headers: IncomingHttpHeaders;
}

/** Where an answer sends us, or undefined when it is no redirect. Never from https to http. */
export function redirectTarget(from: URL, { statusCode, headers }: Redirecting): URL | undefined {
  if (!redirects.has(statusCode)) return undefined;
  const to = URL.canParse(headers.location ?? "", from.href) ? new URL(headers.location ?? "", from) : undefined;
  if (!to || headers.location === undefined)
    throw failed(`${from.host} redirects to nowhere; check the page's address`, statusCode);
  if (from.protocol === "https:" && to.protocol === "http:")
    throw failed(`${from.host} redirects from https to http; use an address that stays on https`, statusCode);
  return to;
}

/** The failure of a chain that is longer than we follow. */
export function tooManyRedirects(from: URL, most: number): FetchError {
  return failed(`${from.host} redirects more than ${most} times; use the address where the chain ends`);
}

function failed(message: string, status?: number): FetchError {
  return new FetchError(`${message}.`, { reason: "redirect", status });
}
