import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import type { Got } from "got";

export interface Client {
  /** Loaded with the first request: a process that starts does not wait for it. */
  got(): Promise<Got>;
  close(): void;
}

const agentOptions = { keepAlive: true, maxSockets: 16, maxFreeSockets: 2, timeout: 30_000 };

interface Options {
  userAgent: string;
  lookup: LookupFunction;
}

/** An HTTP client on connections of its own. */
export function createClient(options: Options): Client {
  const agent = { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) };
  let loading: Promise<Got> | undefined;
  return {
    got: () => (loading ??= load(agent, options)),
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}

/** got with everything off that it does by itself, and a limit in milliseconds on every phase of a request. */
async function load(
  agent: { http: http.Agent; https: https.Agent },
  { userAgent, lookup }: Options,
): Promise<Got> {
  const { got } = await import("got");
  return got.extend({
    agent,
    dnsLookup: lookup,
    headers: { "user-agent": userAgent, "accept-encoding": "gzip, br" },
    // got reads a redirect's own body without any limit (14.6.6); fetchPage follows redirects instead.
    followRedirect: false,
    maxHeaderSize: 16_384,
    retry: { limit: 0 },
    throwHttpErrors: false,
    timeout: { lookup: 2000, connect: 3000, secureConnect: 3000, send: 5000, socket: 5000, response: 8000 },
  });
}
