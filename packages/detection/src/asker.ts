import { FetchError, type Fetched } from "@statuswire/outbound";
import { RetryLaterError } from "@statuswire/status";

/** One GET, as `Outbound.fetchPage` does it. */
export type FetchPage = (url: URL) => Promise<Fetched>;

export type Answer =
  | { kind: "page"; text: string; status: number; url: URL }
  | { kind: "refused"; status?: number; why: string }
  /** Not asked: there were enough requests, or the host has been given up. */
  | { kind: "unasked" };

export interface Asker {
  ask(url: URL): Promise<Answer>;
  /** Why a host is not asked any more. */
  trouble(host: string): string | undefined;
}

/** Asking more would be rude. */
const mostRequests = 15;

const unasked: Answer = { kind: "unasked" };

/** Asks politely: each URL once, no more than a handful in all, and a host that is down or busy not again. */
export function createAsker(fetchPage: FetchPage): Asker {
  const answers = new Map<string, Answer>();
  const troubles = new Map<string, string>();

  async function request(url: URL): Promise<Answer> {
    try {
      const fetched = await fetchPage(url);
      if (fetched.kind === "unchanged")
        return { kind: "refused", status: fetched.status, why: "nothing was sent" };
      return { kind: "page", text: fetched.text, status: fetched.status, url: new URL(fetched.url) };
    } catch (error) {
      if (!(error instanceof FetchError || error instanceof RetryLaterError)) throw error;
      if (isTheHosts(error)) troubles.set(url.host, error.message);
      const status = error instanceof FetchError ? error.status : undefined;
      return { kind: "refused", why: briefly(error), ...(status !== undefined && { status }) };
    }
  }

  return {
    async ask(url) {
      const known = answers.get(url.href);
      if (known) return known;
      if (troubles.has(url.host) || answers.size >= mostRequests) return unasked;
      const answer = await request(url);
      answers.set(url.href, answer);
      return answer;
    },
    trouble: (host) => troubles.get(host),
  };
}

// The next address of the same host would fare no better.
function isTheHosts(error: FetchError | RetryLaterError): boolean {
  if (error instanceof RetryLaterError) return true;
  return ["unreachable", "timeout", "forbidden_address"].includes(error.reason);
}

// Some fifteen attempts are listed below each other.
function briefly(error: FetchError | RetryLaterError): string {
  if (error instanceof RetryLaterError) return "asks us to wait";
  if (error.reason === "gone") return "not there";
  if (error.reason === "blocked") return "refuses us";
  return error.reason === "server" ? "an error of its own" : error.message;
}
