import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { createClient } from "./client.ts";
import { fetchPage, type PageOptions } from "./fetch-page.ts";
import { createGuard } from "./guard.ts";
import type { Fetched, Validators } from "./page.ts";
import { post, type Answer, type Post } from "./post.ts";

export interface OutboundOptions {
  userAgent?: string;
  /**
   * What may be reached besides the public internet: hosts, addresses or networks (CIDR), on any port. `true` is every
   * own network (loopback, private, carrier-grade), but not link-local addresses and clouds' metadata: name those.
   */
  allowPrivate?: boolean | readonly string[];
  /** Ports that may be used besides 80 and 443. */
  ports?: readonly number[];
  /** The longest page, in bytes after decompression. Default 8 MiB, six times the largest that we know. */
  maxBytes?: number;
  /** For one page with all its redirects, or one post. Default 15 000. */
  totalMs?: number;
  /** How names become addresses. Default `dns.lookup`, the system's way. */
  lookup?: LookupFunction;
}

/** Every HTTP request that leaves us. Each is guarded, timed as a whole, and throws FetchError when it brings nothing. */
export interface Outbound {
  /** One conditional GET. Throws FetchError, or RetryLaterError for 429 and for 503 with `Retry-After`. */
  fetchPage(url: URL, known?: Validators, options?: PageOptions): Promise<Fetched>;
  /** One POST. Redirects are never followed, and every status is an answer. Throws FetchError when none came. */
  post(url: URL, request: Post): Promise<Answer>;
  /** Ends all connections, those in use too. */
  close(): void;
}

export function createOutbound(options: OutboundOptions = {}): Outbound {
  const { allowPrivate = false, ports = [], lookup = systemLookup } = options;
  const { userAgent = "Statuswire", maxBytes = 8 * 1024 * 1024, totalMs = 15_000 } = options;
  const guard = createGuard({ allowPrivate, ports, lookup });
  const client = createClient({ userAgent, lookup: guard.lookup });
  const dependencies = { client, guard, maxBytes, totalMs };
  return {
    fetchPage: (url, known = {}, page = {}) => fetchPage(dependencies, { url, known, options: page }),
    post: (url, request) => post(dependencies, url, request),
    close: () => client.close(),
  };
}
