import http from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import got, { type Got } from "got";

export interface Client {
  got: Got;
  close(): void;
}

const agentOptions = { keepAlive: true, maxSockets: 16, maxFreeSockets: 2, timeout: 30_000 };

/** got with everything off that it does by itself, and a limit in milliseconds on every phase of a request. */
export function createClient({ userAgent, lookup }: { userAgent: string; lookup: LookupFunction }): Client {
  const agent = { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) };
  const client = got.extend({
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
  return {
    got: client,
    close() {
      agent.http.destroy();
      agent.https.destroy();
    },
  };
}
