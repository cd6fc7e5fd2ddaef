import type { IncomingHttpHeaders } from "node:http";
import { FetchError } from "./errors.ts";

const redirects = new Set([301, 302, 303, 307, 308]);

export interface Redirecting {
  statusCode: number;
  headers: IncomingHttpHeaders;
}

export function isRedirect({ statusCode }: Redirecting): boolean {
  return redirects.has(statusCode);
}

/** Where a redirect sends us. Never from https to http. */
export function redirectTarget(from: URL, { statusCode: status, headers: { location } }: Redirecting): URL {
  if (location === undefined || !URL.canParse(location, from.href))
    throw failed(`${from.host} redirects to nowhere; check the page's address`, status);
  const to = new URL(location, from);
  if (from.protocol === "https:" && to.protocol === "http:")
    throw failed(`${from.host} redirects from https to http; use an address that stays on https`, status);
  return to;
}

/** The failure of a chain that is longer than we follow. */
export function tooManyRedirects(from: URL, most: number): FetchError {
  return failed(`${from.host} redirects more than ${most} times; use the address where the chain ends`);
}

function failed(message: string, status?: number): FetchError {
  return new FetchError(`${message}.`, { reason: "redirect", status });
}
