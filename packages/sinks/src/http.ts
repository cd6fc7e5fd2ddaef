import { type Answer, FetchError } from "@statuswire/outbound";
import { PermanentError, RetryLaterError } from "@statuswire/status";
import type { Dependencies } from "./sink.ts";
import { GoneError } from "./errors.ts";

type Post = Dependencies["post"];

interface Request {
  /** What messages call the place: nothing that may be a secret. */
  place: string;
  url: URL;
  /** As JSON, unless it is text already. */
  body: unknown;
  headers?: Readonly<Record<string, string>>;
  method?: "POST" | "PUT" | "PATCH";
  /** How long a 429's body asks us to wait, in seconds, where the place says so there. */
  askedSeconds?(answer: Answer): number | undefined;
}

const permanent = new Set([400, 401, 403, 404, 405, 413, 415, 422]);
const hour = 60 * 60 * 1000;

/** One request to a place, answered with 2xx. Every other answer is thrown as what the queue should do about it. */
export async function send(post: Post, request: Request): Promise<Answer> {
  const answer = await ask(post, request);
  if (answer.status < 200 || answer.status > 299) throw refusal(answer, request);
  return answer;
}

/** One request to a place, whatever it answers; for those who must look themselves. */
export async function ask(
  post: Post,
  { place, url, body, headers = {}, method = "POST" }: Request,
): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  try {
    return await post(url, { body: text, method, headers: { "content-type": "application/json", ...headers } });
  } catch (error) {
    if (!(error instanceof FetchError) || error.reason !== "forbidden_address") throw error;
    throw new PermanentError(`${place} is at an address that may not be asked: ${error.message}`);
  }
}

/** What an answer other than 2xx means. */
export function refusal(answer: Answer, { place, askedSeconds }: Pick<Request, "place" | "askedSeconds">): Error {
  const { status } = answer;
  const delayMs = delayOf(answer, askedSeconds?.(answer));
  if (delayMs !== undefined)
    return new RetryLaterError(`${place} asks us to wait ${delayMs / 1000} s (${status}).`, { delayMs });
  if (status === 410)
    return new GoneError(
      `${place} says that it is gone for good (410); remove the sink, or give it a new address.`,
    );
  const message = `${place} ${meaning(status)}`;
  return permanent.has(status) ? new PermanentError(message) : new Error(message);
}

/** A JSON answer as an object; an empty one when it is something else. */
export function jsonOf({ text }: Answer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function delayOf({ status, retryAfterMs }: Answer, seconds: number | undefined): number | undefined {
  if (status === 429 && seconds !== undefined && seconds >= 0) return Math.min(hour, Math.ceil(seconds * 1000));
  return retryAfterMs;
}

function meaning(status: number): string {
  if (status >= 300 && status < 400)
    return `redirects (${status}), which is not followed; give it the address that it redirects to.`;
  if (status === 401 || status === 403)
    return `refuses us (${status}); check the sink's secret and what it may do.`;
  if (status === 404 || status === 405) return `is not there (${status}); check the sink's address.`;
  if (status === 413) return `finds the message too long (${status}).`;
  if (status >= 500) return `has an error of its own (${status}).`;
  if (permanent.has(status)) return `does not take the message (${status}); check the sink's options.`;
  return `answers ${status} and does not take the message.`;
}
