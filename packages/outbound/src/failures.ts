import type { IncomingHttpHeaders } from "node:http";
import { RetryLaterError } from "@statuswire/status";
import { FetchError, type FetchReason } from "./errors.ts";
import { requestedDelayMs } from "./retry-after.ts";

/** What an answer that is no page means. `place` names it to a person, and holds no secret. */
export function refusal(place: string, status: number, headers: IncomingHttpHeaders): Error {
  const delayMs = requestedDelayMs(status, headers);
  if (delayMs !== undefined)
    return new RetryLaterError(`${place} asks us to wait ${delayMs / 1000} s (${status}).`, { delayMs });
  const { reason, message } = meaning(status);
  return new FetchError(`${place} ${message}`, { reason, status });
}

function meaning(status: number): { reason: FetchReason; message: string } {
  if (status === 401 || status === 403 || status === 451)
    return { reason: "blocked", message: `refuses us (${status}); check that the page is public.` };
  if (status === 404 || status === 410)
    return { reason: "gone", message: `is not there (${status}); check the page's address.` };
  if (status >= 500) return { reason: "server", message: `has an error of its own (${status}).` };
  return { reason: "status", message: `answers ${status}, which is no page; check the page's address.` };
}

/** What broke a request, in our words. */
export function breakdown(place: string, error: unknown): Error {
  const known = ours(error);
  if (known) return known;
  const code = codeOf(error);
  const [reason, message] = meaningOf(code);
  return new FetchError(`${place} ${message} (${code}).`, { reason, code });
}

// got wraps what our lookup throws.
function ours(error: unknown): Error | undefined {
  if (error instanceof FetchError || error instanceof RetryLaterError) return error;
  return error instanceof Error && error.cause ? ours(error.cause) : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "no code";
}

function meaningOf(code: string): [FetchReason, string] {
  if (code === "ETIMEDOUT") return ["timeout", "does not answer in time"];
  if (code === "HPE_HEADER_OVERFLOW") return ["too_large", "sends too many headers"];
  if (/^(HPE|Z|ERR__ERROR_FORMAT|ERR_PADDING|ERR_BROTLI)_/.test(code))
    return ["malformed", "sends what is not proper HTTP"];
  if (code === "ENOTFOUND") return ["unreachable", "has no address; check the spelling of the host"];
  if (/CERT|SIGNATURE|TLS|SSL/.test(code))
    return ["unreachable", "has a certificate or TLS that cannot be trusted"];
  return ["unreachable", "cannot be reached; check the network and the page's address"];
}
